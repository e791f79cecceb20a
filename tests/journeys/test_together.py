"""Two residents with one matter, walked through the pages: merged, promised, answered, closed, back again."""

from datetime import timedelta

import pytest
import time_machine

from fieldapp.cases.verifying import findings
from fieldapp.database import db, now, today
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import send
from tests.reader import visit as go


@pytest.fixture
def walk(cast, visit):
    """``walk(account, case, move, …)`` sends a form of the case's page; "resident" one behind the slip."""

    def step(account, case, move, **typed):
        browser = visit() if account == "resident" else visit(account)
        where = f"/s/{code_of(case.slip)}" if account == "resident" else f"/cases/{case.number}"
        page = send(browser, go(browser, f"{where}?lang=en"), f"/{move}", **typed)
        assert page.status == 200, (move, page.text)
        db.session.expire_all()
        return page

    return step


def on(day, start):
    return time_machine.travel(start + timedelta(days=day, minutes=day), tick=True)


def test_two_residents_one_matter(app, cast, visit, walk):
    start, case, joined = now(), cast.logs(), cast.logs("deputy2")
    for one, slip in zip((case, joined), pool_for(cast["deputy"]), strict=False):
        slip.case = one
    db.session.commit()

    def reads(one, words):
        for language in ("zh", "ug", "en"):
            assert go(visit(lang=language), f"/s/{code_of(one.slip)}?lang={language}").status == 200
        assert words in go(visit(), f"/s/{code_of(one.slip)}?lang=en").text

    walk("chair", case, "merge", into=joined.number)
    reads(case, "handled together with others")
    with on(1, start):
        walk("chair", joined, "handover", unit=str(cast.unit().id), speed="ordinary", summary="渠道淤堵，需要清淤。")
        walk("unit", joined, "acceptance", officer=str(cast["unit"].id))
        day = (today() + timedelta(days=20)).isoformat()
        walk("unit", joined, "answer", class_="B", text="正在清淤。", language="zh", promised=day)
        walk("chair", joined, "release")
        reads(case, "work is under way")
    with on(21, start):
        assert "1 promises came back" in app.test_cli_runner().invoke(args=["tick"]).output
        reads(case, "The promised day has come")
        walk("unit", joined, "acceptance", officer=str(cast["unit"].id))
        walk("unit", joined, "answer", class_="A", text="渠道已清淤。", language="zh")
        walk("chair", joined, "release")
        walk("resident", joined, "verdict", solved="yes")
        walk("chair", joined, "inspection", note="看过了")
        assert not go(visit("chair"), f"/cases/{joined.number}").offers("/settlement")
        walk("resident", case, "verdict", solved="no")
        assert joined.state == "handed_over" and joined.reworks == 1
    with on(25, start):
        walk("unit", joined, "acceptance", officer=str(cast["unit"].id))
        walk("unit", joined, "answer", class_="A", text="又清了一遍，水通了。", language="zh")
        walk("chair", joined, "release")
        walk("resident", joined, "verdict", solved="yes")
        walk("chair", joined, "inspection", note="水通了")
        walk("deputy", case, "feedback", channel="visit", told_on=today().isoformat())
        walk("resident", case, "verdict", solved="yes")
        walk("resident", case, "rating", rating="satisfied")
        walk("chair", joined, "settlement")
        reads(case, "Closed on")
    with on(55, start):
        walk("deputy2", joined, "lookback", result="relapsed", note="下游又堵了")
        assert (joined.state, joined.relapses, case.state) == ("handed_over", 1, "merged")
        reads(case, "has to do it again")
    assert list(findings()) == []
