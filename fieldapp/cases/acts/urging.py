"""Urging, by hand or by the calendar: each word names its recipients."""

from fieldapp.cases import accountable
from fieldapp.cases.acts.facts import iso
from fieldapp.cases.levels import presider
from fieldapp.database import today


def urge(case, actor, given):
    case.urges, case.urged_on = case.urges + 1, today()
    facts = {"unit": case.unit_id, "recipients": recipients(case, actor), "due": iso(case.due)}
    if stage := given.get("stage"):
        case.urge_stage = f"{case.due}:{stage}"
        facts["stage"] = stage
    return {"note": given.get("note", ""), "facts": facts}


def recipients(case, actor) -> list[int]:
    """Whoever is accountable; and whoever presides, where the calendar urges."""
    people = [accountable.of(case).person]
    if actor.id is None:
        people.append(presider(case))
    return list(dict.fromkeys(person.id for person in people if person is not None and person.id != actor.id))


ACTS = {"urge": urge}
