"""Who is accountable for a case: at every moment one person.

The officer named by the unit, else the unit's head, else whoever presides at
the level where the case is. What has ended, or waits to be handed over, is
with whoever presides.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from fieldapp.cases.case import Case
from fieldapp.cases.levels import presider
from fieldapp.database import db
from fieldapp.people.person import Membership, Person

WITH_A_UNIT = ("handed_over", "accepted", "answered")
AS = {
    "officer": _l("handles it"),
    "head": _l("heads the unit"),
    "chair": _l("presides"),
}


@dataclass(frozen=True)
class Accountable:
    """``person`` is None only on a site where nobody presides; the office answers then."""

    person: Person | None
    name: str
    why: str

    @property
    def words(self):
        return AS[self.why]


def of(case) -> Accountable:
    unit_id = case.unit_id if case.state in WITH_A_UNIT else None
    if unit_id and case.officer and case.officer.active and case.officer.works_for(unit_id):
        return Accountable(case.officer, case.officer.name, "officer")
    if unit_id and (head := head_of(unit_id)):
        return Accountable(head, head.name, "head")
    person = presider(case)
    return Accountable(person, person.name if person else case.township.name, "chair")


def head_of(unit_id: int) -> Person | None:
    query = select(Person).join(Membership).where(Membership.unit_id == unit_id, Membership.head, Person.active)
    return db.session.scalar(query)


def names(case_ids: list[int]) -> dict[int, str]:
    """Case → name, for a list's rows."""
    whole = (joinedload(Case.township), joinedload(Case.officer).selectinload(Person.memberships))
    found = db.session.scalars(select(Case).where(Case.id.in_(case_ids)).options(*whole, selectinload(Case.unit)))
    return {case.id: of(case).name for case in found}
