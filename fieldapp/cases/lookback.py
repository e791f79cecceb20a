"""Look-backs (回头看): the place is visited again some time after a case was struck off."""

import hmac
from datetime import date, datetime, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, and_, or_, select, union_all
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.cases import guards
from fieldapp.cases.case import Case
from fieldapp.database import UTCTime, db, today
from fieldapp.people.person import Person

KINDS = {"month": _l("after 30 days"), "quarter": _l("after 90 days, by somebody else")}
DAYS = {"month": 30, "quarter": 90}
RESULTS = {"holds": _l("It holds"), "relapsed": _l("The problem is back"), "impossible": _l("It could not be seen")}
SAMPLE = 0.1
EARLY = timedelta(days=7)
WHO = ("deputy", "clerk", "chair")


class Lookback(db.Model):
    """One visit to come, or made: to the place, not to the person."""

    __tablename__ = "lookback"
    __table_args__ = (
        UniqueConstraint("answer_id", "kind"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", "kind"),
        CheckConstraint(f"result IS NULL OR result IN {tuple(RESULTS)}", "result"),
        CheckConstraint("(result IS NULL) = (at IS NULL)", "made"),
        CheckConstraint("result IS NULL OR result = 'holds' OR note <> ''", "why"),
        Index("ix_lookback_assignee", "assignee_id", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    # The answer whose result is looked at: a later one is looked at anew.
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    kind: Mapped[str] = mapped_column(String(10))
    due: Mapped[date]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str | None] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(1000), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime | None] = mapped_column(UTCTime)

    case = relationship("Case")
    assignee = relationship("Person", foreign_keys=[assignee_id])
    by = relationship("Person", foreign_keys=[by_id])

    @property
    def kind_name(self):
        return KINDS[self.kind]

    @property
    def result_name(self):
        return RESULTS[self.result] if self.result else ""

    @property
    def is_late(self) -> bool:
        return self.result is None and self.due < today()


def plan(case) -> list[Lookback]:
    """What is to be looked at again, of a case that is being struck off as solved."""
    if case.answer.letter != "A":
        return []
    kinds = ["month"] + (["quarter"] if is_drawn(case) else [])
    return [_planned(case, kind) for kind in kinds]


def _planned(case, kind: str) -> Lookback:
    found = Lookback(case_id=case.id, answer_id=case.answer_id, kind=kind, due=today() + timedelta(days=DAYS[kind]))
    own = kind == "month" and case.deputy is not None and case.deputy.active and may_look(case, kind, case.deputy)
    found.assignee_id = case.deputy_id if own else _drawn_one(case, kind)
    return found


def is_drawn(case) -> bool:
    """A tenth, by a key that nobody knows: it can be neither foreseen nor steered."""
    return _chance(case, "sample") < SAMPLE


def _drawn_one(case, kind: str) -> int | None:
    fit = [person.id for person in fit_for(case, kind) if person.role == "deputy"]
    return fit[int(_chance(case, kind) * len(fit))] if fit else None


def fit_for(case, kind: str) -> list[Person]:
    """Who of the township may make this visit."""
    near = select(Person).where(Person.area_id == case.township_id, Person.role.in_(WHO), Person.active).order_by(Person.id)
    return [person for person in db.session.scalars(near) if may_look(case, kind, person)]


def may_look(case, kind: str, person) -> bool:
    """Nobody looks at their own answer, nobody who is a party; after 90 days
    neither the case's deputy nor whoever inspected it."""
    if guards.is_party(case, person) or guards.answered_it(case, person):
        return False
    inspector = case.inspection.inspector_id if case.inspection else None
    return kind == "month" or person.id not in (case.deputy_id, inspector)


def _chance(case, purpose: str) -> float:
    """From 0 to 1, the same whenever asked."""
    words = f"{purpose}:{case.key}:{case.answer_id}".encode()
    return int.from_bytes(hmac.digest(current_app.config["KEYS"].derive("look-backs"), words, "sha256")[:8]) / 2**64


def waiting(until):
    """The SQL condition of a look-back that is still to be made: its day is up to ``until``."""
    struck_off = and_(Case.state == "settled", Case.answer_id == Lookback.answer_id)
    return and_(Lookback.result.is_(None), Lookback.due <= until, struck_off)


def is_for(person, day):
    """The SQL condition: on this person's list. Chair and clerk also have what is nobody's, or late."""
    own = Lookback.assignee_id == person.id
    if person.role == "deputy":
        return own
    near = and_(Case.township_id == person.area_id, or_(Lookback.assignee_id.is_(None), Lookback.due < day))
    return or_(own, near)


def list_of(person) -> list[Lookback]:
    query = select(Lookback).join(Case, Case.id == Lookback.case_id).where(waiting(today() + EARLY), is_for(person, today()))
    return list(db.session.scalars(query.order_by(Lookback.due, Lookback.id).limit(100)))


def on_list(person, day, until):
    """The SQL condition of a case with a look-back on this person's list."""
    theirs = select(Lookback.id).where(Lookback.case_id == Case.id, waiting(until), is_for(person, day))
    return and_(Case.state == "settled", Case.id.in_(_near(person, day, until)), theirs.exists())


def _near(person, day, until):
    """The cases of look-backs that may be on the list. Each part has its index: those of others are not even read."""
    parts = [and_(Lookback.assignee_id == person.id, Lookback.due <= until)]
    if person.role != "deputy":
        parts += [and_(Lookback.assignee_id.is_(None), Lookback.due <= until), Lookback.due < day]
    return union_all(*(select(Lookback.case_id).where(Lookback.result.is_(None), part) for part in parts))


def of(case) -> list[Lookback]:
    return list(db.session.scalars(select(Lookback).where(Lookback.case_id == case.id).order_by(Lookback.due, Lookback.id)))


def pending(case) -> list[Lookback]:
    """What is still to be looked at of the case as it was struck off, the nearest first."""
    own = and_(Lookback.case_id == case.id, Lookback.answer_id == case.answer_id, Lookback.result.is_(None))
    return list(db.session.scalars(select(Lookback).where(own).order_by(Lookback.due, Lookback.id)))


def may_make_this(found: Lookback, actor) -> bool:
    """The assignee, and clerk and chair of the township, from a week before its day."""
    case = found.case
    if case.state != "settled" or found.result or found.answer_id != case.answer_id or found.due > today() + EARLY:
        return False
    theirs = found.assignee_id == actor.id or (actor.role in ("clerk", "chair") and actor.area_id == case.township_id)
    return theirs and may_look(case, found.kind, actor)


def next_for(case, actor) -> Lookback | None:
    """The look-back of this case that this person may make now."""
    return next((found for found in pending(case) if may_make_this(found, actor)), None)


def may_make(case, actor) -> bool:
    return case.state == "settled" and actor.role in WHO and next_for(case, actor) is not None


def is_pending(case, actor) -> bool:
    return bool(pending(case))


def unit_relapsed(case, actor) -> bool:
    return case.answer.unit_id is not None and _is_back(case)


def no_unit_relapsed(case, actor) -> bool:
    return case.answer.unit_id is None and _is_back(case)


def _is_back(case) -> bool:
    found = select(Lookback.id).where(Lookback.answer_id == case.answer_id, Lookback.result == "relapsed")
    return db.session.scalar(found.limit(1)) is not None


def entrust(former: Person, successor: Person, townships) -> None:
    """A former deputy's look-backs pass to the successor; what the successor may
    not look at, being now its deputy or a party, is for the chair to give out."""
    struck_off = and_(Case.state == "settled", Case.answer_id == Lookback.answer_id, Lookback.result.is_(None))
    theirs = and_(Lookback.assignee_id.in_((former.id, successor.id)), Case.township_id.in_(townships))
    for found in db.session.scalars(select(Lookback).join(Case, Case.id == Lookback.case_id).where(struck_off, theirs)):
        found.assignee_id = successor.id if may_look(found.case, found.kind, successor) else None
