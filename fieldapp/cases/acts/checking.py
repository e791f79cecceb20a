"""Inspecting a result, telling the resident, striking off, or once more."""

from fieldapp.cases.acts.clock import start_again
from fieldapp.cases.acts.facts import iso, keep, where
from fieldapp.cases.outcome import Feedback, Inspection
from fieldapp.database import now


def inspection(case, actor, given):
    case.point(inspection=_inspected(case, actor, True, given.get("note", "")))
    return {"note": given.get("note", "")}


def rework(case, actor, given):
    if actor.role != "resident":
        _inspected(case, actor, False, given["reason"])
    return once_more(case, given, case.answer.unit_id)


def feedback(case, actor, given):
    case.point(
        feedback=keep(
            Feedback(
                case_id=case.id,
                answer_id=case.answer_id,
                channel=given["channel"],
                told_by_id=actor.id,
                told_on=given["told_on"],
                note=given.get("note", ""),
                at=now(),
            )
        )
    )
    return {"note": given.get("note", ""), "facts": {"channel": given["channel"], "told_on": iso(given["told_on"])}}


def settlement(case, actor, given):
    if case.inspection_id is None:
        case.uninspected = given["uninspected"]
    case.ended_at = now()
    return {"note": case.uninspected}


def once_more(case, given, unit_id):
    """Back to the unit with a new limit, counted; the old answer stays in history."""
    case.reworks += 1
    case.point(answer=None, inspection=None, feedback=None)
    case.officer_id = None
    case.uninspected = ""
    if unit_id is not None:
        case.unit_id, case.handed_over_at = unit_id, now()
        start_again(case)
    return {"note": given.get("reason") or "", "facts": where(case)}


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
