"""The office's pages about deputies' phones: enrol one, sign a lost one out."""

from flask import abort, current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from fieldapp import journal
from fieldapp.access import only
from fieldapp.answers import answer, done
from fieldapp.database import db
from fieldapp.people import administering, devices, enrolling, listing, second_factor
from fieldapp.people.device import Device
from fieldapp.people.person import Person
from fieldapp.people.routes import people

ACTS = ("phone_invited", "phone_enrolled", "phone_revoked", "phone_closed", "sessions_ended", "password_given")


@people.get("/phones")
@only("admin", "chair")
def phones():
    """The deputies in reach, each with the phones that are enrolled."""
    query = _deputies().order_by(Person.area_id, Person.id)
    rows = db.session.scalars(select(Device).join(Person).where(Device.revoked_at.is_(None)))
    enrolled: dict[int, list[Device]] = {}
    for device in rows:
        if device.is_enrolled:
            enrolled.setdefault(device.person_id, []).append(device)
    return answer("people/phones.html", "people/_phones.html", deputies=list(db.session.scalars(query)), enrolled=enrolled)


@people.get("/phones/<int:person_id>")
@only("admin", "chair")
def phones_of(person_id: int):
    deputy = _reached(person_id)
    lines = [line for line in listing.lines(deputy) if line.name in ACTS]
    return answer("people/phones_of.html", "people/_phones_of.html", deputy=deputy, devices=devices.of(deputy), lines=lines)


@people.post("/phones/<int:person_id>/enrolment")
@only("admin", "chair")
def enrolment(person_id: int):
    """The only page that ever shows this code. Sent twice, the later one holds,
    and both are on record."""
    deputy = _reached(person_id)
    token = enrolling.invite(current_user, deputy)
    db.session.commit()
    picture = second_factor.picture(f"{current_app.config['BASE_URL']}/field/enrol/{token}")
    minutes = enrolling.OPEN_FOR.seconds // 60
    return answer("people/enrolment.html", "people/_enrolment.html", deputy=deputy, picture=picture, minutes=minutes)


@people.post("/phones/<int:person_id>/<int:device_id>/revocation")
@only("admin", "chair")
def phone_revoked(person_id: int, device_id: int):
    deputy, once = _reached(person_id), request.form.get("once", "")[:64] or None
    device = next((row for row in devices.of(deputy) if row.id == device_id), None) or abort(404)
    if device.revoked_at is None:
        devices.revoke(current_user, device, once)
        journal.commit_once(once)
    return done(f"/phones/{person_id}", _("The phone is signed out. What it has not sent yet stays on it."))


def _deputies():
    return administering.within_reach(current_user).where(Person.role == "deputy", Person.active)


def _reached(person_id: int) -> Person:
    return db.session.scalar(_deputies().where(Person.id == person_id)) or abort(404)
