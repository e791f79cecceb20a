"""The edition of what many pages repeat: the names of places and people.

It counts up in the same transaction as each change of a watched row. A process
keeps what it read of them, and pages made of them, for as long as the edition.
"""

from collections.abc import Callable
from typing import Any

from flask import g, has_request_context
from flask.globals import _cv_app
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from fieldapp.database import db
from fieldapp.reading import Reading, present, reading_of

_watched: dict[type, tuple[str, ...]] = {}
TURNED = "edition turned"


class Edition(db.Model):
    """One row."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


NUMBER = select(Edition.number).where(Edition.id == 1)


def watch(*kinds: type, hidden: tuple[str, ...] = ()) -> None:
    """A change of such a row makes a new edition; ``hidden`` columns are not kept."""
    for kind in kinds:
        _watched[kind] = tuple(column.key for column in kind.__table__.columns if column.key not in hidden)  # type: ignore[attr-defined]


def row(kind: type, row_id: int | None) -> Reading | None:
    """A watched row for reading, its area's parents with it."""
    return rows(kind).get(row_id) if row_id else None


def rows(kind: type) -> dict[int, Reading]:
    """All rows of a watched kind by their id."""
    return kept(kind, lambda: _read(kind))


def at_hand(*wanted: tuple[type, int | None]) -> None:
    """Watched rows in the session for as long as this request: whatever points at
    them finds them there without a select."""
    g.at_hand = [present(found) for kind, row_id in dict.fromkeys(wanted) if (found := row(kind, row_id))]


def _read(kind: type) -> dict[int, Reading]:
    columns = [kind.__table__.c[name] for name in _watched[kind]]  # type: ignore[attr-defined]
    model = reading_of(kind)
    found = {words["id"]: model(**words) for words in db.session.execute(select(*columns).order_by(columns[0])).mappings()}
    if "parent_id" in _watched[kind]:
        for one in found.values():
            one.parent = found.get(one.parent_id)
    return found


def kept(name, make: Callable[[], Any]):
    """What ``make`` reads of watched rows, read once for each edition."""
    if db.session.registry.has() and db.session().info.get(TURNED):
        return make()
    number, extensions = _number(), _cv_app.get().app.extensions
    shelf = extensions.get("edition")
    if shelf is None or shelf[0] != number:
        shelf = extensions["edition"] = (number, {})
    if name not in shelf[1]:
        shelf[1][name] = make()
    return shelf[1][name]


def _number() -> int | None:
    """Of this request, or of this moment where there is none."""
    known = _cv_app.get().g
    if "edition" in known:
        return known.edition
    number = db.session.scalar(NUMBER)
    if has_request_context():
        known.edition = number
    return number


def found(number: int | None) -> None:
    """Of this request, where a select told it on the way."""
    g.edition = number


def turn(session) -> None:
    """A new edition; the caller commits it with what changed."""
    session.info[TURNED] = True
    if not session.execute(update(Edition).where(Edition.id == 1).values(number=Edition.number + 1)).rowcount:
        session.execute(insert(Edition).values(id=1, number=1))


@event.listens_for(Session, "before_flush")
def _flushing(session, _context, _instances):
    touched = [row for row in (*session.new, *session.dirty, *session.deleted) if type(row) in _watched]
    if any(row not in session.dirty or session.is_modified(row) for row in touched):
        turn(session)


@event.listens_for(Session, "do_orm_execute")
def _executing(state):
    if (state.is_update or state.is_delete or state.is_insert) and state.bind_mapper and state.bind_mapper.class_ in _watched:
        turn(state.session)


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _ended(session):
    if session.info.pop(TURNED, None) and has_request_context():
        g.pop("edition", None)
