"""Inspecting a result, telling the resident, striking off, or once more."""

from fieldapp.cases import lookback
from fieldapp.cases.acts.clock import start_again
from fieldapp.cases.acts.facts import iso, keep, where
from fieldapp.cases.outcome import Feedback, Inspection
from fieldapp.database import db, now


def inspection(case, actor, given):
    case.point(inspection=_inspected(case, actor, True, given.get("note", "")))
    return {"note": given.get("note", "")}


def rework(case, actor, given):
    if actor.role != "resident":
        _inspected(case, actor, False, given["reason"])
    return once_more(case, given, case.answer.unit_id)


def feedback(case, actor, given):
    tell(case, given["channel"], given["told_on"], told_by_id=actor.id, note=given.get("note", ""))
    return {"note": given.get("note", ""), "facts": {"channel": given["channel"], "told_on": iso(given["told_on"])}}


def tell(case, channel, told_on, **more):
    """That this case's resident was told the present answer, which may be a joint one."""
    told = keep(Feedback(case_id=case.id, answer_id=case.joint.answer_id, channel=channel, told_on=told_on, at=now(), **more))
    if case.state != "merged":
        case.point(feedback=told)


def settlement(case, actor, given):
    if case.inspection_id is None:
        case.uninspected = given["uninspected"]
    case.ended_at = now()
    db.session.add_all(lookback.plan(case))
    return {"note": case.uninspected}


def once_more(case, given, unit_id):
    """Back to the unit with a new limit, counted; the old answer stays in history."""
    case.reworks += 1
    return {"note": given.get("reason") or "", "facts": again(case, unit_id)}


def again(case, unit_id) -> dict:
    """With the unit, where one answered, as on the first day; the old answer stays in history."""
    case.point(answer=None, inspection=None, feedback=None)
    case.officer_id = None
    case.uninspected = ""
    if unit_id is not None:
        case.unit_id, case.handed_over_at = unit_id, now()
        start_again(case)
    return where(case)


def _inspected(case, actor, passed, note):
    return keep(
        Inspection(
            case_id=case.id,
            answer_id=case.answer_id,
            answerer_id=None if case.answer.recorded else case.answer.author_id,
            inspector_id=actor.id,
            passed=passed,
            note=note,
            at=now(),
        )
    )


ACTS = {
    "inspection": inspection,
    "rework": rework,
    "feedback": feedback,
    "settlement": settlement,
}
