"""The phones of deputies: found by their cookie, opened by a PIN, revoked when lost."""

from flask import current_app, request, session
from flask_login import current_user
from sqlalchemy import select, update

from fieldapp import journal
from fieldapp.database import db, in_passing, now
from fieldapp.people import pins, sessions, signing_in
from fieldapp.people.device import LIVES, MOST_WRONG, STAYS_OPEN, Device, Enrolment
from fieldapp.people.person import Person
from fieldapp.people.session import Session

# A phone may be shared; more deputies than this do not pass it on.
MOST_ON_A_PHONE = 6


def cookie() -> str:
    return "__Host-phone" if current_app.config["SESSION_COOKIE_SECURE"] else "phone"


def of_browser() -> list[Device]:
    """The phones that this browser is or was, one for each deputy who shares it,
    the latest used first."""
    secrets = request.cookies.get(cookie(), "").split(".")[:MOST_ON_A_PHONE]
    hashes = [sessions.hash_of(secret) for secret in secrets if secret]
    query = select(Device).where(Device.secret_hash.in_(hashes)).order_by(Device.seen_at.desc())
    return list(db.session.scalars(query)) if hashes else []


def keep_cookie(response, device: Device, secret: str):
    """The browser carries this phone's secret, beside those of others who share it."""
    known = {one.secret_hash for one in of_browser() if one.is_enrolled and one.id != device.id}
    kept = [old for old in request.cookies.get(cookie(), "").split(".") if sessions.hash_of(old) in known]
    response.set_cookie(
        cookie(),
        ".".join([secret, *kept][:MOST_ON_A_PHONE]),
        # Longer than a phone stays enrolled, so that it is told why it no longer is.
        max_age=3 * LIVES,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def of(person: Person) -> list[Device]:
    """A deputy's phones, those that hold first, then the latest."""
    rows = db.session.scalars(select(Device).where(Device.person_id == person.id).order_by(Device.id.desc()))
    return sorted(rows, key=lambda row: not row.is_enrolled)


def opens(device: Device, pin: str) -> bool:
    """Whether the PIN is right. Each try is counted before it is judged; the
    fifth wrong one in a row ends the enrolment."""
    device_id = device.id
    counted = update(Device).where(Device.id == device_id, Device.wrong < MOST_WRONG).values(wrong=Device.wrong + 1)
    judged = db.session.execute(counted, execution_options={"synchronize_session": False}).rowcount == 1
    db.session.commit()
    pin_hash, salt = device.pin_hash, device.salt
    # The hash takes its time; no lock is held meanwhile.
    db.session.rollback()
    right = judged and pins.matches(pin_hash, pins.digits_of(pin), salt)
    device = db.session.get_one(Device, device_id)
    if right and device.is_enrolled:
        device.wrong = 0
    elif device.wrong >= MOST_WRONG and device.revoked_at is None:
        end(device)
        journal.record(f"person:{device.person_id}", "phone_closed", None, facts={"phone": device.id})
    db.session.commit()
    return right and device.is_enrolled


def enter(device: Device) -> None:
    """The PIN was right: the session goes on, or a new one begins."""
    device.open_until = now() + STAYS_OPEN
    if current_user.is_authenticated and current_user.device is device:
        db.session.commit()
    else:
        signing_in.welcome(device.person, device)


def keep_open(device: Device) -> None:
    """A page was used: noted now and then, so that reading stays reading."""
    if device.open_until - now() > STAYS_OPEN * 0.8:
        return
    device_id, until = device.id, now() + STAYS_OPEN
    with in_passing():
        db.session.execute(update(Device).where(Device.id == device_id).values(open_until=until))


def revoke(by: Person, device: Device, once: str | None) -> None:
    """Lost or given away: its session dies at once. The caller commits."""
    end(device)
    journal.record(f"person:{device.person_id}", "phone_revoked", by, facts={"phone": device.id, "label": device.label}, once=once)


def end(device: Device) -> None:
    device.revoked_at = device.revoked_at or now()
    if device.session:
        device.session.revoked_at = device.session.revoked_at or now()


def end_all(person: Person) -> None:
    """Every phone of this person must be enrolled again, open invitations included."""
    db.session.execute(db.delete(Enrolment).where(Enrolment.person_id == person.id))
    for device in of(person):
        end(device)


def was_revoked() -> bool:
    """Whether the session of this request died with its phone's enrolment."""
    token = session.get("_user_id")
    query = select(Device.id).join(Session, Device.session_id == Session.id).where(Device.revoked_at.is_not(None))
    return bool(token) and db.session.scalar(query.where(Session.token_hash == sessions.hash_of(token))) is not None
