"""What the holder of the slip does, and who looked at the contact."""

from fieldapp.cases.acts.checking import once_more
from fieldapp.cases.acts.facts import keep
from fieldapp.cases.guards import judged_answer
from fieldapp.cases.outcome import Feedback, Verdict
from fieldapp.database import db, now, today


def verdict(case, actor, given):
    spoken_of = judged_answer(case)
    last = spoken_of.verdict
    db.session.add(
        Verdict(
            answer=spoken_of,
            solved=given["solved"],
            rating=last and last.rating,
            remark=last.remark if last else "",
            assisted=given.get("assisted", False),
            at=now(),
        )
    )
    if case.answer is spoken_of and case.feedback is None:
        case.point(feedback=keep(Feedback(case_id=case.id, answer_id=spoken_of.id, channel="page", told_on=today(), at=now())))
    return {}


def rating(case, actor, given):
    last = judged_answer(case).verdict
    db.session.add(
        Verdict(
            answer=last.answer,
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
    case.ended_at = None
    return once_more(case, given, case.unit_id)


def contact_look(case, actor, given):
    return {"note": given["reason"], "facts": {"role": actor.role}}


ACTS = {
    "verdict": verdict,
    "rating": rating,
    "remark": remark,
    "reopening": reopening,
    "contact_look": contact_look,
}
