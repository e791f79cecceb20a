"""Who is party to a case: the bodies that ever had it, and whoever works for one.

A body that returned the case, or was let go, may have it again, and remembers
what it read: once it was asked, its people are party for good.
"""

from sqlalchemy import select, union

from fieldapp import journal
from fieldapp.cases.assistance import Assistance
from fieldapp.cases.outcome import Answer, Handover
from fieldapp.database import db


def works_for_a_body(case, person) -> bool:
    return bool(person.unit_ids) and not bodies(case).isdisjoint(person.unit_ids)


def bodies(case) -> set[int | None]:
    """Of the case, and of each that it joined, were it only for a time."""
    cases = {case.id, case.joint.id, *_joined(case)}
    asked = union(*(select(kind.unit_id).where(kind.case_id.in_(cases)) for kind in (Handover, Answer, Assistance)))
    return {case.unit_id, case.joint.unit_id, *db.session.scalars(asked)}


def _joined(case) -> list[int]:
    merges = select(journal.Entry.facts).where(journal.Entry.thing == case.thing, journal.Entry.act == "merge")
    return [facts["joined"] for facts in db.session.scalars(merges)]
