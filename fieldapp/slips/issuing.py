"""Issuing books, keeping the pools filled, revoking and re-issuing a slip."""

from flask import has_request_context, request
from sqlalchemy import func, select

from fieldapp.database import db, now, writing
from fieldapp.places.place import Area
from fieldapp.slips.signs import code_for, lookup_for, serial_for
from fieldapp.slips.slip import Book, Slip

# The serial has two digits for the slip.
LARGEST = 99
POOL = 25


def issue_book(*, deputy=None, station=None, size: int = 25, pool: bool = False, online: bool = False, device=None) -> Book:
    """A new book of 1 to 99 slips for a deputy or a station; the caller commits."""
    if not 1 <= size <= LARGEST:
        raise ValueError(f"A book has 1 to {LARGEST} slips, not {size}.")
    number = _next_number()
    book = Book(
        number=number,
        deputy_id=deputy and deputy.id,
        station=station,
        size=size,
        pool=pool,
        online=online,
        device_id=device and device.id,
        issued_at=now(),
        township_id=_township((deputy or station).area).id,
    )
    book.slips = [Slip(number=n, lookup=lookup_for(code_for(number, n)), serial=serial_for(number, n)) for n in range(1, size + 1)]
    db.session.add(book)
    db.session.flush()
    return book


def _next_number() -> int:
    # One row is everybody's lock: engines that allow two writers count in turn.
    db.session.execute(select(Area.id).order_by(Area.id).limit(1).with_for_update())
    return (db.session.scalar(select(func.max(Book.number))) or 0) + 1


def _township(area: Area) -> Area:
    return area.parent if area.kind == "village" else area


def pool_for(deputy, least: int = 20) -> list[Slip]:
    """Blank slips for the screen of this deputy's phone: the same ones until
    they are used, never fewer than ``least``. Each enrolled phone has its own,
    so that two without signal never give the same one. Commits where it adds a book."""
    device = deputy.device
    carried = _blanks(Book.deputy_id == deputy.id, Book.online.is_(False), Book.device_id == (device.id if device else None))
    blank = list(db.session.scalars(carried))
    if len(blank) >= least:
        return blank
    if has_request_context() and request.method == "GET":
        writing()
        blank = list(db.session.scalars(carried))
    while len(blank) < least:
        blank += issue_book(deputy=deputy, size=POOL, pool=True, device=device).slips
    db.session.commit()
    return blank


def slip_for_page(*, deputy=None, station=None) -> Slip:
    """A blank slip for a resident who writes through this public page; the
    phones' pools stay untouched. The caller gives it away and commits."""
    holder = Book.deputy_id == deputy.id if deputy else Book.station_id == station.id
    query = _blanks(holder, Book.online.is_(True)).limit(1).with_for_update(of=Slip, skip_locked=True)
    return db.session.scalar(query) or issue_book(deputy=deputy, station=station, size=LARGEST, pool=True, online=True).slips[0]


def _blanks(*conditions):
    blank = Book.pool, Book.retired.is_(False), Slip.case_id.is_(None), Slip.revoked_at.is_(None)
    return select(Slip).join(Book).where(*blank, *conditions).order_by(Book.number, Slip.number)


def revoke(slip: Slip) -> None:
    """The code opens nothing any more; the caller journals and commits."""
    slip.revoked_at = slip.revoked_at or now()


def reissue(slip: Slip) -> None:
    """A new code under the same serial; the old one is dead."""
    slip.issue += 1
    slip.lookup = lookup_for(code_for(slip.book.number, slip.number, slip.issue))
    slip.revoked_at = None
