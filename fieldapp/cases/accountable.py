"""Who is accountable for a case: at every moment one person.

The officer named by the unit, else the unit's head, else whoever presides at
the level where the case is. What has ended, or waits to be handed over, is
with whoever presides.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from fieldapp.cases.levels import presider, presiding
from fieldapp.database import db
from fieldapp.people.person import Membership, Person
from fieldapp.places import edition
from fieldapp.places.place import Area

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
    """Of a merged case: who is accountable for the one that speaks for it."""
    case = case.joint
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


def name_of(unit_id: int, officer_id: int | None, township_id: int, level: str) -> str:
    """The same for a list's row that is with a unit, from the edition kept."""
    person = _of_the_unit(unit_id, officer_id)
    if person is None:
        person = presiding(edition.rows(Area)[township_id], level)
    return person.name if person else edition.rows(Area)[township_id].name


def _of_the_unit(unit_id: int, officer_id: int | None):
    """The officer or the head, as ``of`` finds them, from the edition kept."""
    people, theirs = edition.rows(Person), members().get(unit_id, {})
    officer = people.get(officer_id)
    if officer and officer.active and officer.id in theirs:
        return officer
    return next((people[person_id] for person_id, heads in theirs.items() if heads and people[person_id].active), None)


def members() -> dict[int, dict[int, bool]]:
    """Unit → person → whether that person heads it."""
    return edition.kept("members", _members)


def _members() -> dict[int, dict[int, bool]]:
    units: dict[int, dict[int, bool]] = {}
    for unit_id, person_id, heads in db.session.execute(select(Membership.unit_id, Membership.person_id, Membership.head)):
        units.setdefault(unit_id, {})[person_id] = heads
    return units
