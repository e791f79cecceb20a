"""What a unit wished when it returned a case: with whom it should be."""

from sqlalchemy import func, select

from fieldapp.cases.levels import area_of
from fieldapp.cases.outcome import Handover
from fieldapp.database import db
from fieldapp.places.place import Unit


def last(case) -> Handover | None:
    """The handover that was returned last, while nobody has the case."""
    if case.unit_id is not None or not case.returns:
        return None
    query = select(Handover).where(Handover.case_id == case.id, Handover.returned_at.is_not(None)).order_by(Handover.id.desc())
    return db.session.scalar(query.limit(1))


def wished(case) -> int | None:
    """The unit that should have it, in the words of the one that returned it."""
    returned = last(case)
    return returned.better_id if returned else None


def wishes(case_ids: list[int]) -> dict[int, str]:
    """Case → the unit that should have it, for those returned and not handed on."""
    latest = select(func.max(Handover.id)).where(Handover.case_id.in_(case_ids)).group_by(Handover.case_id)
    query = select(Handover.case_id, Unit).join(Unit, Unit.id == Handover.better_id)
    rows = db.session.execute(query.where(Handover.id.in_(latest), Handover.returned_at.is_not(None)))
    return {case_id: unit.name for case_id, unit in rows}


def at_level(case) -> int:
    """How often units of the level where the case is have returned it: two each."""
    query = select(func.count(Handover.id)).join(Unit, Unit.id == Handover.unit_id)
    mine = Handover.case_id == case.id, Handover.returned_at.is_not(None), Unit.area_id == area_of(case).id
    return db.session.scalar(query.where(*mine)) or 0
