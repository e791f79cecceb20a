"""Urging, by hand or by the calendar: each word names its recipients."""

from sqlalchemy import select

from fieldapp.cases.acts.facts import iso
from fieldapp.database import db, today
from fieldapp.people.person import Person


def urge(case, actor, given):
    case.urges, case.urged_on = case.urges + 1, today()
    facts = {"unit": case.unit_id, "recipients": recipients(case, actor), "due": iso(case.due)}
    if stage := given.get("stage"):
        case.urge_stage = f"{case.due}:{stage}"
        facts["stage"] = stage
    return {"note": given.get("note", ""), "facts": facts}


def recipients(case, actor) -> list[int]:
    """Whoever is accountable; and whoever presides, where the calendar urges."""
    found = [case.officer_id] if case.officer_id else []
    if actor.id is None:
        found += db.session.scalars(select(Person.id).where(Person.role == "chair", Person.active, Person.area_id == case.township_id))
    return found


ACTS = {"urge": urge}
