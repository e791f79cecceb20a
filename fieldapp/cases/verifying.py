"""Whether the timeline's chain holds and the cases agree with it."""

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import select

from fieldapp import journal
from fieldapp.cases import comparing, pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.slips.signs import code_for, lookup_for
from fieldapp.slips.slip import Book, Slip


def findings() -> Iterator[str]:
    """A sentence for each row that does not hold; with other keys none would, and that is said first."""
    yield from _keys()
    broken = list(journal.broken())
    for row, thing in broken:
        yield f"timeline row {row} ({thing}) was tampered with"
    if any(thing == journal.UNREADABLE for _row, thing in broken):
        yield "with rows that cannot be read, nothing more could be compared"
        return
    yield from _files()
    heads = _heads()
    for case_id, number, head, state in db.session.execute(select(Case.id, Case.number, Case.head, Case.state)):
        last_hash, last_state = heads.get(f"case:{case_id}", ("", None))
        if head != last_hash:
            yield f"case {number}: its timeline (case:{case_id}) lacks its last entry"
        elif state != last_state:
            yield f"case {number}: state {state}, but the timeline says {last_state}"
    yield from comparing.differences()
    for verify in current_app.extensions.get("findings", []):
        yield from verify(heads)


def _files() -> Iterator[str]:
    for photo in db.session.scalars(select(Attachment).where(Attachment.verified_at.is_not(None)).execution_options(yield_per=1000)):
        if not pictures.path_of(photo).exists():
            yield f"attachment {photo.id}: its file {photo.file} is gone"


def _keys() -> Iterator[str]:
    """A slip's code is made from the site's key: the wrong key makes another."""
    row = db.session.execute(select(Slip.lookup, Book.number, Slip.number, Slip.issue).join(Book).limit(1)).first()
    if row and lookup_for(code_for(*row[1:])) != row[0]:
        yield "the keys in the instance folder are not those of this database"


def _heads() -> dict[str, tuple[str, str | None]]:
    rows = db.session.execute(select(journal.Entry.thing, journal.Entry.hash, journal.Entry.after).order_by(journal.Entry.id))
    return {thing: (digest, after) for thing, digest, after in rows}
