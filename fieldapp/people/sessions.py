"""Beginning, finding, renewing and revoking sessions."""

import hashlib
import secrets
from datetime import timedelta

from flask import has_request_context, request
from flask_login import UserMixin
from sqlalchemy import bindparam, select, update

from fieldapp.database import db, in_passing, now, only_reads
from fieldapp.people.device import Device
from fieldapp.people.person import Person
from fieldapp.people.session import Session
from fieldapp.places import edition
from fieldapp.reading import Prepared, present, reading, reading_of, writing_down

IDLE = {"deputy": timedelta(days=30)}
IDLE_DESK = timedelta(minutes=30)
NOTE_SEEN_EVERY = timedelta(minutes=2)

# In this order: each browser also bears the names of those after it.
BROWSERS = {"MicroMessenger": "WeChat", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux"}


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(person: Person, device: Device | None = None) -> str:
    """A new session for this person, perhaps on an enrolled phone, which has
    one at a time; the caller commits. Returns its token."""
    token = secrets.token_urlsafe(32)
    browser = browser_of(request.user_agent.string) if has_request_context() else ""
    session = Session(token_hash=hash_of(token), person_id=person.id, begun_at=now(), seen_at=now(), browser=browser)
    db.session.add(session)
    if device:
        _revoke(Session.id == device.session_id)
        device.session, device.seen_at = session, now()
    return token


def browser_of(user_agent: str) -> str:
    """ "Chrome, Android", or as much of it as can be told."""
    found = (next((word for mark, word in marks.items() if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS))
    return ", ".join(word for word in found if word)


def idle_limit(person: Person) -> timedelta:
    return IDLE.get(person.role, IDLE_DESK)


class Reader(reading_of(Person), UserMixin):  # type: ignore[misc]
    """Whoever is signed in and only reads: what a page asks of them is known.
    For whatever else is asked there is their row."""

    def __getattr__(self, name: str):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(present(self), name)


def find(token: str) -> Person | Reader | None:
    """The person of a session that is neither revoked nor idle for too long."""
    with reading(db.engine) if only_reads() else writing_down() as cursor:
        found = KNOWN.rows(db.engine, cursor, token_hash=hash_of(token))
    known = found[0] if found else None
    if known is None or known["revoked_at"] or known["phone_revoked_at"]:
        return None
    edition.found(known["edition"])
    person = edition.row(Person, known["person_id"])
    if person is None or not person.active or now() - known["seen_at"] > idle_limit(person):
        return None
    if now() - known["seen_at"] > NOTE_SEEN_EVERY:
        _note_seen(known["id"])
    row = Reader(**vars(person)) if only_reads() else present(person)
    row.token, row.device = token, db.session.get(Device, known["phone_id"]) if known["phone_id"] else None
    return row


def _known():
    """A session, its phone, and the edition of the people."""
    return (
        select(
            Session.id,
            Session.person_id,
            Session.seen_at,
            Session.revoked_at,
            Device.id.label("phone_id"),
            Device.revoked_at.label("phone_revoked_at"),
            edition.NUMBER.scalar_subquery().label("edition"),
        )
        .outerjoin(Device, Device.session_id == Session.id)
        .where(Session.token_hash == bindparam("token_hash"))
    )


KNOWN = Prepared(_known)


def _note_seen(session_id: int) -> None:
    with in_passing():
        db.session.execute(update(Session).where(Session.id == session_id).values(seen_at=now()))
        db.session.execute(update(Device).where(Device.session_id == session_id).values(seen_at=now()))


def of(person: Person) -> list[Session]:
    """The sessions that still open something, the latest first."""
    since = now() - idle_limit(person)
    query = select(Session).where(Session.person_id == person.id, Session.revoked_at.is_(None), Session.seen_at > since)
    return list(db.session.scalars(query.order_by(Session.seen_at.desc())))


def revoke(token: str) -> None:
    _revoke(Session.token_hash == hash_of(token))


def revoke_one(person: Person, session_id: int) -> None:
    """Ends this session if it is that person's."""
    _revoke(Session.id == session_id, Session.person_id == person.id)


def revoke_all(person: Person) -> None:
    _revoke(Session.person_id == person.id)


def _revoke(*which) -> None:
    db.session.execute(update(Session).where(*which, Session.revoked_at.is_(None)).values(revoked_at=now()))
