"""What a deputy does with an enrolled phone, and what the station knows of it."""

from datetime import timedelta

import time_machine

from fieldapp import journal
from fieldapp.database import db, now
from fieldapp.people.device import Device
from tests import reader

PIN = "704193"


def choose(browser, token: str, pin: str = PIN, again: str | None = None):
    page = reader.visit(browser, f"/field/enrol/{token}")
    return reader.send(browser, page, token, pin=pin, again=pin if again is None else again)


def unlock(browser, pin: str = PIN, **more):
    page = reader.visit(browser, "/field/unlock")
    return reader.send(browser, page, "/field/unlock", pin=pin, **more)


def later(**time):
    return time_machine.travel(now() + timedelta(**time))


def device(account: str = "deputy") -> Device:
    query = db.select(Device).where(Device.person.has(account=account)).order_by(Device.id.desc())
    return db.session.scalars(query).first()


def acts(cast, account: str = "deputy") -> list[str]:
    return [entry.act for entry in journal.of(f"person:{cast[account].id}")]


def asks_for_the_pin(phone) -> bool:
    return reader.visit(phone, "/field/unlock").offers("/field/unlock")
