"""The acts under the table of moves: each sets the facts of its move.

An act takes the case, the actor and the facts given, and returns what the
timeline keeps: ``note`` and ``facts``. ``perform`` in ``performing`` calls it.
"""

from fieldapp.cases import choosing
from fieldapp.cases.clocks import amber_from, due_after
from fieldapp.cases.guards import judged_answer
from fieldapp.cases.outcome import Answer, Feedback, Handover, Inspection, Verdict, Wording
from fieldapp.database import db, now, today
from fieldapp.places.calendar import WorkingCalendar

HELD_FOR = 2  # working days until an answer goes through by itself


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
    _give_to(case, actor, given["unit"], given["due"])
    return {"note": given.get("note", ""), "facts": _where(case)}


def escalation(case, actor, given):
    case.level = "county"
    return {"note": given["opinion"]}


def advice(case, actor, given):
    case.level = "township"
    return {"note": given["advice"]}


def carry_over(case, actor, given):
    case.summary = given["summary"]
    _give_to(case, actor, given["unit"], given["due"])
    return {"facts": _where(case)}


def acceptance(case, actor, given):
    case.officer_id = given["officer"].id
    _current_handover(case).accepted_at = now()
    return {"facts": {"officer": given["officer"].id, "unit": case.unit_id}}


def return_(case, actor, given):
    current = _current_handover(case)
    current.returned_at, current.reason = now(), given["reason"]
    current.better_id = given["better"].id if given.get("better") else None
    left, case.returns = case.unit_id, case.returns + 1
    case.unit_id = case.due = case.amber = case.officer_id = case.handed_over_at = None
    return {"note": given["reason"], "facts": {"unit": left, "better": current.better_id}}


def answer(case, actor, given, *, recorded=False):
    held = WorkingCalendar.of(case.township).after(today(), HELD_FOR) - today()
    found = _keep(
        Answer(
            case_id=case.id,
            unit_id=case.unit_id,
            author_id=actor.id,
            recorded=recorded,
            letter=given["class"],
            promised=given.get("promised"),
            text=given["text"],
            language=given["language"],
            talked=given.get("talked", False),
            at=now(),
            visible_at=now() + held,
            photos=given.get("photos", []),
        )
    )
    case.point(answer=found)
    db.session.expire(case, ["answers"])
    _await_checks(case)
    return {"facts": {"unit": case.unit_id, "class": given["class"], "promised": _iso(given.get("promised"))}}


def paper_answer(case, actor, given):
    return answer(case, actor, given, recorded=True)


def on_the_spot(case, actor, given):
    found = _keep(
        Answer(
            case_id=case.id,
            author_id=actor.id,
            on_the_spot=True,
            letter=given.get("class", "A"),
            promised=None,
            text=given["text"],
            language=given["language"],
            at=now(),
            visible_at=now(),
            released_by_id=actor.id,
        )
    )
    case.point(answer=found)
    db.session.expire(case, ["answers"])
    _await_checks(case)
    return {"facts": {"class": case.answer.letter}}


def release(case, actor, given):
    case.answer.visible_at, case.answer.released_by_id = now(), actor.id
    return {}


def wording(case, actor, given):
    db.session.add(Wording(answer=case.answer, language=given["language"], text=given["text"], author_id=actor.id))
    return {"facts": {"language": given["language"]}}


def inspection(case, actor, given):
    case.point(inspection=_inspected(case, actor, True, given.get("note", "")))
    return {"note": given.get("note", "")}


def rework(case, actor, given):
    if actor.role != "resident":
        _inspected(case, actor, False, given["reason"])
    return _once_more(case, given, case.answer.unit_id)


def feedback(case, actor, given):
    case.point(
        feedback=_keep(
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
    return {"note": given.get("note", ""), "facts": {"channel": given["channel"], "told_on": _iso(given["told_on"])}}


def settlement(case, actor, given):
    if case.inspection_id is None:
        case.uninspected = given["uninspected"]
    case.ended_at = now()
    return {"note": case.uninspected}


def guidance(case, actor, given):
    case.guided_to, case.ended_at = given["where"], now()
    return {"note": given["why"], "facts": {"where": given["where"]}}


def withdrawal(case, actor, given):
    case.ended_at = now()
    return {"note": given.get("reason", "")}


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
        case.point(feedback=_keep(Feedback(case_id=case.id, answer_id=spoken_of.id, channel="page", told_on=today(), at=now())))
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
    return _once_more(case, given, case.unit_id)


def urge(case, actor, given):
    return {"note": given.get("note", ""), "facts": {"unit": case.unit_id}}


def due_date(case, actor, given):
    _clock(case, given["due"])
    return {"note": given["reason"], "facts": {"due": _iso(case.due)}}


def contact_look(case, actor, given):
    return {"note": given["reason"], "facts": {"role": actor.role}}


def _give_to(case, actor, unit, due):
    case.unit_id, case.handed_over_at, case.officer_id = unit.id, now(), None
    _clock(case, due)
    db.session.add(Handover(case_id=case.id, unit_id=unit.id, due=due, summary=case.summary, by_id=actor.id, at=now()))


def _clock(case, due):
    case.due, case.amber = due, amber_from(case.handed_over_at.date(), due)


def _once_more(case, given, unit_id):
    """Back to the unit with a new limit, counted; the old answer stays in history."""
    case.reworks += 1
    case.point(answer=None, inspection=None, feedback=None)
    case.officer_id = None
    case.uninspected = ""
    if unit_id is not None:
        case.unit_id, case.handed_over_at = unit_id, now()
        _clock(case, due_after(case.township, "ordinary"))
    return {"note": given.get("reason") or "", "facts": _where(case)}


def _await_checks(case):
    case.point(inspection=None, feedback=None)
    case.uninspected = ""


def _inspected(case, actor, passed, note):
    return _keep(
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


def _keep(row):
    """Gives the row its id before the case points at it."""
    db.session.add(row)
    db.session.flush()
    return row


def _current_handover(case):
    return db.session.scalars(db.select(Handover).where(Handover.case_id == case.id).order_by(Handover.id.desc()).limit(1)).one()


def _where(case):
    return {"unit": case.unit_id, "due": _iso(case.due)}


def _iso(day):
    return day.isoformat() if day else None


ACTS = {
    "confirm": confirm,
    "summary": summary,
    "slip": slip,
    "handover": handover,
    "carry_over": carry_over,
    "escalation": escalation,
    "advice": advice,
    "acceptance": acceptance,
    "return": return_,
    "answer": answer,
    "paper_answer": paper_answer,
    "on_the_spot": on_the_spot,
    "release": release,
    "wording": wording,
    "inspection": inspection,
    "rework": rework,
    "feedback": feedback,
    "settlement": settlement,
    "guidance": guidance,
    "withdrawal": withdrawal,
    "verdict": verdict,
    "rating": rating,
    "remark": remark,
    "reopening": reopening,
    "urge": urge,
    "due_date": due_date,
    "contact_look": contact_look,
}
