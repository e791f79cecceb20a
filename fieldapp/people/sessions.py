"""Beginning, finding, renewing and revoking sessions."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import select, update

from fieldapp.database import db, now, writing
from fieldapp.people.person import Person
from fieldapp.people.session import Session

IDLE = {"deputy": timedelta(days=30)}
IDLE_DESK = timedelta(minutes=30)
NOTE_SEEN_EVERY = timedelta(minutes=2)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(person: Person) -> str:
    """A new session for this person; the caller commits. Returns its token."""
    token = secrets.token_urlsafe(32)
    db.session.add(Session(token_hash=_hash(token), person_id=person.id, begun_at=now(), seen_at=now()))
    return token


def find(token: str) -> Person | None:
    """The person of a session that is neither revoked nor idle for too long."""
    session = db.session.scalar(select(Session).where(Session.token_hash == _hash(token)))
    if session is None or session.revoked_at or not session.person.active:
        return None
    if now() - session.seen_at > IDLE.get(session.person.role, IDLE_DESK):
        return None
    if now() - session.seen_at > NOTE_SEEN_EVERY:
        session_id = session.id
        writing()
        db.session.execute(update(Session).where(Session.id == session_id).values(seen_at=now()))
        db.session.commit()
        session = db.session.get_one(Session, session_id)
    person = session.person
    person.token = token
    return person


def revoke(token: str) -> None:
    db.session.execute(update(Session).where(Session.token_hash == _hash(token)).values(revoked_at=now()))


def revoke_all(person: Person) -> None:
    db.session.execute(
        update(Session).where(Session.person_id == person.id, Session.revoked_at.is_(None)).values(revoked_at=now())
    )
