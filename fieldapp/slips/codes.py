"""The code of a slip: what opens the resident's page, and who may give it."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from fieldapp.database import db, now
from fieldapp.slips.issuing import issue_book, pool_for
from fieldapp.slips.signs import code_for, code_in, lookup_for, serial_in
from fieldapp.slips.slip import Slip

__all__ = ["address", "code_of", "find", "find_serial", "is_open_for", "issue_book", "issued", "pool_for"]

LIVES = timedelta(days=90)


def code_of(slip: Slip) -> str:
    """26 characters, the same for the same book, number and issue."""
    return code_for(slip.book.number, slip.number, slip.issue)


def address(slip: Slip) -> str:
    """What the QR code holds: upper case, so that the symbol stays small."""
    return f"{current_app.config['BASE_URL'].upper()}/S/{code_of(slip)}"


def issued(text: str) -> Slip | None:
    """The slip whose present code this is, revoked and expired ones too."""
    code = code_in(text)
    return db.session.scalar(select(Slip).where(Slip.lookup == lookup_for(code))) if code else None


def find(text: str) -> Slip | None:
    """The slip that this code opens; None for unknown, revoked and expired alike."""
    slip = issued(text)
    return slip if opens(slip) else None


def opens(slip) -> bool:
    """Whether a slip was found, is not revoked and has not expired."""
    return slip is not None and slip.revoked_at is None and not has_expired(slip)


def has_expired(slip: Slip) -> bool:
    """90 days after its case ended, or the one that its case joined."""
    return bool(slip.case and slip.case.over_at and now() - slip.case.over_at > LIVES)


def find_serial(text: str) -> Slip | None:
    """The slip with this serial, revoked ones too: the desk may look for its case."""
    serial = serial_in(text)
    return db.session.scalar(select(Slip).where(Slip.serial == serial)) if serial else None


def is_open_for(slip: Slip, person) -> bool:
    """A deputy gives slips of own books and of the township's stations, clerk
    and chair any of the township; a former deputy those torn off before the
    book passed to the successor."""
    if person.role == "deputy":
        passed = {mandate.successor_id for mandate in person.mandates if mandate.successor_id}
        return slip.book.deputy_id in {person.id, *passed} or (slip.book.station_id is not None and is_near(slip, person))
    return person.role in ("clerk", "chair") and is_near(slip, person)


def is_near(slip: Slip, person) -> bool:
    return slip.book.township_id == person.area_id or slip.book.deputy_id == person.id
