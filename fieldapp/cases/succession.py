"""When a mandate ends: cases and slips pass to a named successor, in one act.

What a phone still sends afterwards is logged under the name that wrote it,
and passes on at once.
"""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from fieldapp import journal
from fieldapp.cases import lookback
from fieldapp.cases.case import OPEN, Case
from fieldapp.cases.guards import REOPEN_WITHIN
from fieldapp.cases.move import Clock
from fieldapp.cases.performing import make
from fieldapp.database import db, now
from fieldapp.people import mandates
from fieldapp.people.person import Mandate, Person
from fieldapp.slips.slip import Book


def passing(mandate: Mandate):
    """The condition for the cases that pass: open, merged into an open one, or
    settled so lately that the resident may still reopen them."""
    joined = aliased(Case)
    open_joint = select(joined.id).where(joined.id == Case.joined_id, joined.state.in_((*OPEN, "settled"))).exists()
    lately = and_(Case.state == "settled", Case.ended_at >= now() - REOPEN_WITHIN)
    waits = or_(Case.state.in_(OPEN), lately, and_(Case.state == "merged", open_joint))
    return and_(Case.deputy_id == mandate.person_id, Case.township_id.in_(mandates.townships(mandate)), waits)


def counts(mandate: Mandate) -> tuple[int, int]:
    """How many cases and books would pass now."""
    cases = db.session.scalar(select(func.count(Case.id)).where(passing(mandate))) or 0
    books = db.session.scalar(select(func.count(Book.id)).where(*_books(mandate), Book.pool.is_(False))) or 0
    return cases, books


def _books(mandate: Mandate):
    return Book.deputy_id == mandate.person_id, Book.township_id.in_(mandates.townships(mandate))


def succeed(admin, mandate: Mandate, successor: Person, once: str | None) -> tuple[int, int]:
    """Cases and books pass to the successor; the caller commits. Returns how many of each."""
    mandate.successor_id = successor.id
    db.session.flush()
    db.session.expire(mandate, ["successor"])
    cases = list(db.session.scalars(select(Case).where(passing(mandate)).order_by(Case.id)))
    for case in cases:
        make(case, "succession", admin, {"successor": successor})
    lookback.entrust(mandate.person, successor, mandates.townships(mandate))
    books = list(db.session.scalars(select(Book).where(*_books(mandate))))
    for book in books:
        book.deputy_id = successor.id
        # Its blanks lie on the former deputy's phone: nobody else gives them away.
        book.retired = book.retired or (book.pool and not book.online)
    facts = {"mandate": mandate.id, "successor": successor.id, "cases": len(cases), "books": len(books)}
    journal.record(f"person:{mandate.person_id}", "mandate_passed", admin, facts=facts, once=once)
    return len(cases), sum(not book.pool for book in books)


def pass_on(case: Case) -> None:
    """A case that came in for a deputy who has a successor goes there at once; the caller commits."""
    if case.deputy_id not in mandates.followed():
        return
    db.session.flush()
    heir = mandates.successor_of(case.deputy, case.township) if case.deputy else None
    if heir is not None:
        make(case, "succession", Clock(), {"successor": heir})
