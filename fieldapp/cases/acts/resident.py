"""What the holder of the slip does, and who looked at the contact."""

from fieldapp.cases.acts.checking import once_more, tell
from fieldapp.cases.acts.clock import stop_clock
from fieldapp.cases.acts.merging import leave_joint
from fieldapp.cases.guards import judged_answer
from fieldapp.cases.joining import feedback_of
from fieldapp.cases.outcome import Verdict
from fieldapp.database import db, now, today


def verdict(case, actor, given):
    spoken_of = judged_answer(case)
    last = spoken_of.verdict_of(case.id)
    # Who changes "solved" is asked anew how satisfied.
    same = last is not None and last.solved == given["solved"]
    db.session.add(
        Verdict(
            answer=spoken_of,
            case_id=case.id,
            solved=given["solved"],
            rating=last.rating if same else None,
            remark=last.remark if last else "",
            assisted=given.get("assisted", False),
            at=now(),
        )
    )
    if case.joint.answer is spoken_of and feedback_of(case) is None:
        tell(case, "page", today())
    return {}


def rating(case, actor, given):
    last = judged_answer(case).verdict_of(case.id)
    db.session.add(
        Verdict(
            answer=last.answer,
            case_id=case.id,
            solved=last.solved,
            rating=given["rating"],
            remark=last.remark,
            assisted=given.get("assisted", False),
            at=now(),
        )
    )
    return {}


def remark(case, actor, given):
    return {"note": given["remark"]}


def reopening(case, actor, given):
    """A merged one goes on alone: the chair hands it over."""
    apart = leave_joint(case)
    if apart:
        case.unit_id = case.handed_over_at = None
        stop_clock(case)
    case.ended_at = None
    kept = once_more(case, given, case.unit_id)
    return {**kept, "facts": {**kept["facts"], **apart}}


def contact_look(case, actor, given):
    return {"note": given["reason"], "facts": {"role": actor.role}}


ACTS = {
    "verdict": verdict,
    "rating": rating,
    "remark": remark,
    "reopening": reopening,
    "contact_look": contact_look,
}
