"""Taking a case up, handing it to a unit, and what the unit does with it."""

from fieldapp.cases import choosing
from fieldapp.cases.acts import assisting
from fieldapp.cases.acts.clock import start_clock, stop_clock
from fieldapp.cases.acts.facts import where
from fieldapp.cases.outcome import Handover
from fieldapp.database import db, now


def confirm(case, actor, given):
    return {}


def summary(case, actor, given):
    case.summary = given["summary"]
    return {"note": case.summary}


def slip(case, actor, given):
    given["slip"].case = case
    return {"facts": {"serial": given["slip"].serial}}


def handover(case, actor, given):
    case.summary = given["summary"]
    for photo in choosing.photos(case):
        photo.approved = photo.id in given.get("photos", ())
    give_to(case, actor, given["unit"], limit=given.get("limit"), due=given.get("due"))
    return {"note": given.get("note", ""), "facts": {**where(case), **assisting.choose(case, actor, case.unit_id, given)}}


def carry_over(case, actor, given):
    case.summary = given["summary"]
    give_to(case, actor, given["unit"], limit=given.get("limit"), due=given.get("due"))
    return {"facts": where(case)}


def acceptance(case, actor, given):
    case.officer_id = given["officer"].id
    current_handover(case).accepted_at = now()
    return {"facts": {"officer": given["officer"].id, "unit": case.unit_id}}


def return_(case, actor, given):
    current = current_handover(case)
    current.returned_at, current.reason = now(), given["reason"]
    current.better_id = given["better"].id if given.get("better") else None
    left, case.returns = case.unit_id, case.returns + 1
    case.unit_id = case.officer_id = case.handed_over_at = None
    return {"note": given["reason"], "facts": {"unit": left, "better": current.better_id, **stop_clock(case)}}


def give_to(case, actor, unit, *, limit=None, due=None):
    """The due day follows from a limit in working days, or was chosen."""
    case.unit_id, case.handed_over_at, case.officer_id = unit.id, now(), None
    start_clock(case, limit=limit, due=due)
    db.session.add(Handover(case_id=case.id, unit_id=unit.id, due=case.due, summary=case.summary, by_id=actor.id, at=now()))


def current_handover(case):
    return db.session.scalars(db.select(Handover).where(Handover.case_id == case.id).order_by(Handover.id.desc()).limit(1)).one()


ACTS = {
    "confirm": confirm,
    "summary": summary,
    "slip": slip,
    "handover": handover,
    "county_handover": handover,
    "carry_over": carry_over,
    "acceptance": acceptance,
    "return": return_,
}
