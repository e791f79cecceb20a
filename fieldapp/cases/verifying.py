"""Whether the timeline's chain holds and the cases agree with it."""

from collections.abc import Iterator

from sqlalchemy import select

from fieldapp import journal
from fieldapp.cases.case import Case
from fieldapp.database import db


def findings() -> Iterator[str]:
    """A sentence for each row that does not hold."""
    for row, thing in journal.broken():
        yield f"timeline row {row} ({thing}) was tampered with"
    heads = _heads()
    for case_id, number, head, state in db.session.execute(select(Case.id, Case.number, Case.head, Case.state)):
        last_hash, last_state = heads.get(f"case:{case_id}", ("", None))
        if head != last_hash:
            yield f"case {number}: its timeline (case:{case_id}) lacks its last entry"
        elif state != last_state:
            yield f"case {number}: state {state}, but the timeline says {last_state}"


def _heads() -> dict[str, tuple[str, str | None]]:
    rows = db.session.execute(select(journal.Entry.thing, journal.Entry.hash, journal.Entry.after).order_by(journal.Entry.id))
    return {thing: (digest, after) for thing, digest, after in rows}
