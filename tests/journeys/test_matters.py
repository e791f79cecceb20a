"""Every matter of the demonstration is walked through the pages, to its end."""

import io
from datetime import timedelta

import pytest
import time_machine

from fieldapp.cases import supervision
from fieldapp.cases.verifying import findings
from fieldapp.database import db, today
from fieldapp.demo.drawing import scene
from fieldapp.demo.township import Township, read
from tests.journeys.walker import Walker

STORIES = read("stories")["stories"]
ENDS = ("settled", "guided", "withdrawn")


@pytest.fixture
def township(app):
    built = Township().build("")
    for person in built.people.values():
        person.active = True
    db.session.commit()
    return built


@pytest.mark.parametrize("story", STORIES, ids=[f"matter {story['matter']}: {story['shows']}" for story in STORIES])
def test_a_matter_is_walked_from_logging_to_its_end_through_the_pages(app, township, story):
    walker = Walker(app, township, story)
    walker.logs()
    walker.resident_reads()
    for step in story["steps"]:
        at(walker, step["days_after"], lambda step=step: take(walker, step))
        walker.resident_reads()
    assert walker.case.state == story["state"]
    bring_to_its_end(walker)
    assert walker.case.state in ENDS
    walker.resident_reads()
    assert list(findings()) == []


def at(walker, days_after, act):
    with time_machine.travel(walker.began + timedelta(days=days_after, minutes=1)):
        act()


def take(walker, step):
    """One step of the story as a form sent by the person it names."""
    move, by, township = step["move"], step["by"], walker.township
    if walker.story["source"] == "carry_over" and move in ("confirm", "summary", "handover"):
        return
    match move:
        case "verdict":
            walker.resident_sends("verdict", solved="yes" if step["solved"] else "no")
        case "rating":
            walker.resident_sends("rating", rating=step["rating"])
        case "remark":
            walker.resident_sends("remark", remark=step["text"][step["language"]])
        case "withdrawal" if by == "resident":
            walker.resident_sends("withdrawal")
        case "rework" if by == "resident":
            assert walker.case.reworks == 1, "the verdict “not solved” has sent it back"
        case "summary":
            walker.sends(by, move, summary=walker.matter["summary"]["zh"])
        case "handover":
            due = (today() + timedelta(days=step["due_working_days"])).isoformat()
            beside = {"assisting": [str(township.units[code].id) for code in step.get("assisting", ())], "asked_to": _zh(step.get("asked"))}
            unit = str(township.units[step["unit"]].id)
            walker.sends(by, move, unit=unit, speed="date", due=due, summary=walker.matter["summary"]["zh"], **beside)
        case "escalation":
            walker.sends(by, move, opinion=step["note"]["zh"])
        case "opinion":
            walker.sends(by, move, text=step["text"][step["written_in"]], language=step["written_in"])
        case "supervision":
            walker.sends(by, move, reason=step["reason"]["zh"], report_due=(today() + timedelta(days=step["report_days"])).isoformat())
        case "report":
            walker.sends(by, move, report=step["report"]["zh"])
        case "acceptance":
            walker.sends(by, move, officer=str(township.people[step["officer"]].id))
        case "return":
            better = township.units.get(step["suggested_unit"])
            walker.sends(by, move, reason=step["reason"]["zh"], better=str(better.id) if better else "")
        case "answer" | "paper_answer" | "on_the_spot":
            walker.sends(by, move, **_answer(step))
        case "wording":
            for language in step["languages"]:
                words = next(s for s in walker.story["steps"] if "text" in s and s["move"] != "remark")["text"][language]
                walker.sends(by, move, language=language, text=words)
        case "inspection" if step["result"] == "passed":
            walker.sends(by, move, note=step["note"]["zh"])
        case "feedback":
            if walker.case.feedback_id is None:
                walker.sends(by, move, channel=step["how"], told_on=today().isoformat(), note=step["note"]["zh"])
        case "settlement":
            walker.sends(by, move, uninspected=step["note"]["zh"])
        case "guidance":
            walker.sends(by, move, where=step["where"]["zh"], why=step["why"]["zh"])
        case "withdrawal" | "contact_look":
            walker.sends(by, "contact" if move == "contact_look" else move, reason=step["reason"]["zh"])
        case "release" if walker.case.answer.is_visible:
            return  # It has gone through by itself: that depends on the weekend between.
        case "confirm" | "release":
            walker.sends(by, move)


def _zh(words):
    return words["zh"] if words else ""


def _answer(step):
    typed = {"class_": step["class"], "text": step["text"][step["written_in"]], "language": step["written_in"]}
    if step.get("promise_days"):
        typed["promised"] = (today() + timedelta(days=step["promise_days"])).isoformat()
    if step["move"] == "answer":
        typed["photos"] = (io.BytesIO(scene(7)), "after.jpg")
    if step["move"] == "paper_answer":
        typed["scan"] = (io.BytesIO(scene(8)), "paper.jpg")
    return typed


def bring_to_its_end(walker):
    """What is still to be done after the story, by whoever's turn it is."""
    for _turn in range(12):
        case = walker.case
        if case.state in ENDS:
            return
        TURNS[case.state](walker, case)


def _confirmed(walker, case):
    presides = "county" if case.level == "county" else "chair"
    if presides == "county":
        return walker.sends("county", "advice", advice="镇里先统一规划。")
    unit = walker.township.units["u01"]
    return walker.sends("chair", "handover", unit=str(unit.id), speed="urgent", summary=walker.matter["summary"]["zh"])


def _handed_over(walker, case):
    officer = case.unit.memberships[0].person
    walker.sends(officer.account, "acceptance", officer=str(officer.id))


def _accepted(walker, case):
    walker.sends(case.officer.account, "answer", class_="D", text="目前办不了，因为经费还没有批下来。", language="zh")


def _answered(walker, case):
    if owed := supervision.open_of(case):
        if owed.reported_at:
            return walker.sends("chair", "report_reply", reply="好，请长期坚持。")
        return walker.sends("chair", "report", report="单位来电：已清运，并安排了专人。")
    if case.answer.letter in ("B", "C"):
        return walker.sends("chair", "rework", reason="到期了，请给出结果。")
    if not case.answer.is_visible:
        return walker.sends("chair", "release")
    if case.answer.verdict is None:
        return walker.resident_sends("verdict", solved="yes")
    if case.inspection_id is None:
        return walker.sends("chair", "inspection", note="看过了。")
    return walker.sends("county" if case.level == "county" else "chair", "settlement")


TURNS = {
    "logged": lambda walker, case: walker.sends("chair", "confirm"),
    "confirmed": _confirmed,
    "handed_over": _handed_over,
    "accepted": _accepted,
    "answered": _answered,
}
