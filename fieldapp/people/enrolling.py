"""Enrolling a deputy's phone: a code from the office, once, then a PIN."""

import secrets
from datetime import timedelta

from flask import request
from sqlalchemy import delete, select

from fieldapp import journal
from fieldapp.database import db, now
from fieldapp.people import devices, pins, sessions, signing_in
from fieldapp.people.device import STAYS_OPEN, Device, Enrolment
from fieldapp.people.person import Person

OPEN_FOR = timedelta(minutes=10)


def invite(by: Person, person: Person) -> str:
    """A token for one phone of this deputy, on record; an earlier one dies. The caller commits."""
    token = secrets.token_urlsafe(24)
    db.session.execute(delete(Enrolment).where((Enrolment.person_id == person.id) | (Enrolment.until < now())))
    db.session.add(Enrolment(person_id=person.id, token_hash=sessions.hash_of(token), until=now() + OPEN_FOR))
    journal.record(f"person:{person.id}", "phone_invited", by)
    return token


def invited(token: str) -> Person | None:
    """Whose phone this token enrols, while it holds."""
    query = select(Enrolment).where(Enrolment.token_hash == sessions.hash_of(token), Enrolment.until >= now())
    found = db.session.scalar(query)
    return found.person if found and found.person.active and found.person.role == "deputy" else None


def enrol(token: str, pin: str) -> tuple[Device, str] | None:
    """The phone that sent this request, enrolled and signed in, and the secret
    for its cookie; None where the token was used meanwhile."""
    salt = pins.new_salt()
    # The hash takes its time; no lock is held meanwhile.
    db.session.rollback()
    pin_hash = pins.digest(pin, salt)
    person = invited(token)
    used = delete(Enrolment).where(Enrolment.token_hash == sessions.hash_of(token))
    if person is None or db.session.execute(used).rowcount != 1:
        db.session.rollback()
        return None
    for earlier in devices.of_browser():
        if earlier.person_id == person.id:
            devices.end(earlier)
    secret = secrets.token_urlsafe(32)
    device = Device(
        person_id=person.id,
        secret_hash=sessions.hash_of(secret),
        pin_hash=pin_hash,
        salt=salt,
        hint=pins.hint(pin, salt),
        label=sessions.browser_of(request.user_agent.string),
        made_at=now(),
        seen_at=now(),
        open_until=now() + STAYS_OPEN,
    )
    db.session.add(device)
    db.session.flush()
    journal.record(f"person:{person.id}", "phone_enrolled", person, facts={"phone": device.id, "label": device.label})
    signing_in.welcome(person, device)
    return device, secret
