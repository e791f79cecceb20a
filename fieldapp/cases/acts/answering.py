"""The answer of a unit, of a deputy on the spot, and its way to the resident."""

from fieldapp.cases.acts.facts import iso, keep
from fieldapp.cases.outcome import Answer, Wording
from fieldapp.database import db, now, today
from fieldapp.places.calendar import WorkingCalendar

HELD_FOR = 2  # working days until an answer goes through by itself


def answer(case, actor, given, *, recorded=False):
    held = WorkingCalendar.of(case.township).after(today(), HELD_FOR) - today()
    found = keep(
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
    await_checks(case)
    return {"facts": {"unit": case.unit_id, "class": given["class"], "promised": iso(given.get("promised"))}}


def paper_answer(case, actor, given):
    return answer(case, actor, given, recorded=True)


def on_the_spot(case, actor, given):
    found = keep(
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
    await_checks(case)
    return {"facts": {"class": case.answer.letter}}


def release(case, actor, given):
    case.answer.visible_at, case.answer.released_by_id = now(), actor.id
    return {}


def wording(case, actor, given):
    db.session.add(Wording(answer=case.answer, language=given["language"], text=given["text"], author_id=actor.id))
    return {"facts": {"language": given["language"]}}


def await_checks(case):
    case.point(inspection=None, feedback=None)
    case.uninspected = ""


ACTS = {
    "answer": answer,
    "paper_answer": paper_answer,
    "on_the_spot": on_the_spot,
    "release": release,
    "wording": wording,
}
