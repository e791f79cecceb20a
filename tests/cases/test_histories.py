"""Random lawful histories: no illegal state, and the state is the timeline's."""

import itertools
import os
import random
from datetime import timedelta

import pytest

from fieldapp import journal
from fieldapp.cases.case import OPEN, STATES, Case
from fieldapp.cases.moves import open_moves
from fieldapp.cases.performing import perform
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db, now, today
from tests.cast import ACCOUNTS

HISTORIES = int(os.environ.get("FAULT_HISTORIES", "500"))
IN_ONE_DATABASE = 25
OFFICERS = {"water": "unit", "roads": "unit2"}


@pytest.mark.parametrize("seed", range(HISTORIES // IN_ONE_DATABASE))
def test_random_lawful_histories_reach_no_illegal_state(cast, seed):
    chance = random.Random(seed)
    for _history in range(IN_ONE_DATABASE):
        case = cast.logs(chance.choice(["deputy", "clerk"]))
        moment = now()
        for _step in range(chance.randint(3, 14)):
            moment += timedelta(hours=chance.choice([1, 30, 200]))
            with clock_at(moment):
                _step_on(cast, case, chance)
        entries = journal.of(case.thing)
        for earlier, later in itertools.pairwise(entries):
            assert later.before == earlier.after
        assert case.state == entries[-1].after
    assert list(findings()) == []


def _step_on(cast, case, chance):
    """Somebody who may, does something that is open."""
    actors = [cast[account] for account in ACCOUNTS] + [cast.resident]
    chance.shuffle(actors)
    for actor in actors:
        if moves := open_moves(case, actor):
            move = chance.choice(moves)
            given = _given(cast, case, chance)
            if move.name == "on_the_spot":
                given["class"] = chance.choice("AD")
            perform(case, move.name, actor, given)
            assert case.state in STATES
            return


def _given(cast, case, chance) -> dict:
    """Facts for any move; each takes those it knows."""
    lacking = [code for code in ("zh", "ug", "en") if case.answer is None or case.answer.words(code) is None]
    unit = cast.unit(chance.choice(["water", "roads"]))
    assisting = [cast.unit(code) for code in ("water", "roads") if chance.random() < 0.4]
    return {
        "summary": "摘要",
        "report_due": today() + timedelta(days=5),
        "report": "正在办",
        "reply": "请抓紧",
        "successor": cast["deputy2"],
        "unit": unit,
        "units": assisting,
        "assisting": assisting,
        "asked": "请提意见",
        "due": today() + timedelta(days=9),
        "officer": cast[OFFICERS[(case.unit or unit).code]],
        "reason": "原因",
        "class": chance.choice("ABCD"),
        "promised": today() + timedelta(days=30),
        "text": "答复",
        "language": (lacking or ["zh"])[0],
        "note": "看过",
        "channel": "call",
        "told_on": today(),
        "uninspected": "无法到场",
        "where": "法院",
        "why": "属于诉讼",
        "solved": chance.random() < 0.5,
        "rating": "satisfied",
        "remark": "谢谢",
        "opinion": "请协调",
        "advice": "镇里办",
        "slip": _blank_slip(cast),
        "suggestion": _suggestion(cast),
        "joined": _another(cast, case),
        "result": chance.choice(["holds", "relapsed", "impossible"]),
        "person": cast["deputy2"],
    }


def _another(cast, case):
    """An open case which both of those who may merge reach."""
    other = db.session.scalar(db.select(Case).where(Case.state.in_(OPEN), Case.id != case.id, Case.level == case.level).limit(1))
    if other is None:
        other = cast.logs()
        if case.level == "county":
            cast.does("chair", other, "escalation", opinion="请协调")
    return other


def _blank_slip(cast):
    from fieldapp.slips.codes import pool_for

    return pool_for(cast["deputy"])[0]


def _suggestion(cast):
    from fieldapp.suggestions.acts import begin

    return begin(cast["deputy"], title="建议", text="建议整修。")
