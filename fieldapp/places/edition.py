"""The edition of what many pages repeat: the names of places and people.

It counts up in the same transaction as each change of a watched row. A process
that keeps such names, or pages made of them, compares the edition it kept.
"""

from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from fieldapp.database import db

_watched: set[type] = set()


class Edition(db.Model):
    """One row."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


NUMBER = select(Edition.number).where(Edition.id == 1)


def watch(*kinds: type) -> None:
    """A change of such a row makes a new edition."""
    _watched.update(kinds)


def turn(session) -> None:
    """A new edition; the caller commits it with what changed."""
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
