"""A slip that was lost: revoked, issued again, printed again; each on record."""

from fieldapp import journal
from fieldapp.database import db
from fieldapp.slips import issuing
from fieldapp.slips.slip import Slip

ACTS = {"revocation": issuing.revoke, "reissue": issuing.reissue, "print": lambda slip: None}


def state(slip: Slip) -> str:
    """revoked, used or blank: all that anybody learns of a slip here."""
    return "revoked" if slip.revoked_at else "used" if slip.case_id else "blank"


def may(person, act: str, slip: Slip) -> bool:
    """A code that leads to a case is made and printed by the township's desk
    alone: who administers the site must not hold it. The blank slips of a pool
    are known to their phone or page alone, which may have given one already."""
    if act == "revocation":
        return slip.revoked_at is None
    if act == "print" and slip.revoked_at:
        return False
    return not slip.book.pool if slip.case_id is None else person.role in ("clerk", "chair")


def perform(slip: Slip, act: str, actor, once: str | None) -> None:
    """Does the act, once, with its entry in the book's timeline. Each printing
    has its own: a form sent again shows the code again."""
    once = None if act == "print" else once or None
    if journal.done_already(once):
        return
    ACTS[act](slip)
    journal.record(f"book:{slip.book_id}", act, actor, once=once, facts={"slip": slip.number, "issue": slip.issue})
    journal.commit_once(once)


def print_blank(book, actor) -> list[Slip]:
    """The slips for a sheet; who had their codes printed is on record first."""
    blank = printable(book)
    if blank:
        journal.record(f"book:{book.id}", "sheet", actor, facts={"slips": [slip.number for slip in blank]})
        db.session.commit()
    return blank


def history(book) -> list[journal.Entry]:
    return journal.of(f"book:{book.id}")


def printable(book) -> list[Slip]:
    """The blank slips of a printed book: what is in use is not printed with it."""
    return [slip for slip in book.slips if state(slip) == "blank" and not book.pool]
