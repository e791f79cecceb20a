"""Looking back: who goes, to which place, what they read, and what follows."""

from datetime import timedelta

import pytest
import time_machine

from fieldapp.cases import lookback
from fieldapp.cases.lookback import Lookback
from fieldapp.cases.performing import OutOfTurn
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db, now, today
from fieldapp.people.person import Membership
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import send
from tests.reader import visit as go

SECRET = "秘密的原话：我家就在桥边"


def later(days):
    return clock_at(now() + timedelta(days=days))


@pytest.fixture
def drawn(monkeypatch):
    """Every case is one of the tenth."""
    monkeypatch.setattr(lookback, "SAMPLE", 1.1)


@pytest.fixture
def settled(cast, monkeypatch):
    """Struck off, and none of the tenth."""
    monkeypatch.setattr(lookback, "SAMPLE", 0)
    case = cast.brings("settled", narrative=SECRET)
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    return case


def month_of(case) -> Lookback:
    return next(found for found in lookback.of(case) if found.kind == "month")


def test_what_was_solved_is_looked_at_after_thirty_days_by_its_deputy(cast, settled):
    found = month_of(settled)
    assert (found.due, found.assignee.account, found.result) == (today() + timedelta(days=30), "deputy", None)


def test_a_no_that_was_explained_is_not_looked_at(cast):
    case = cast.brings("accepted")
    cast.does("unit", case, "answer", **{"class": "D", "text": "办不了", "language": "zh"})
    cast.does("deputy", case, "release")
    cast.does("resident", case, "verdict", solved=False)
    cast.does("deputy", case, "inspection", note="ok")
    cast.does("chair", case, "settlement")
    assert lookback.of(case) == []


def test_a_tenth_is_drawn_that_nobody_steers(app, cast):
    from types import SimpleNamespace

    tries = [SimpleNamespace(key=f"0190-{n}", answer_id=n) for n in range(4000)]
    share = sum(map(lookback.is_drawn, tries)) / len(tries)
    assert 0.08 < share < 0.12
    assert [lookback.is_drawn(case) for case in tries] == [lookback.is_drawn(case) for case in tries]


def test_after_ninety_days_somebody_else_goes(cast, drawn):
    case = cast.brings("settled")
    quarter = next(found for found in lookback.of(case) if found.kind == "quarter")
    assert quarter.due == today() + timedelta(days=90) and quarter.assignee.account == "deputy2"
    with later(90):
        assert lookback.next_for(case, cast["deputy2"]).kind == "quarter"
        assert [found.kind for found in lookback.list_of(cast["deputy"])] == ["month"]
        assert not lookback.may_make_this(quarter, cast["deputy"])


def test_after_ninety_days_neither_the_deputy_nor_the_inspector_goes(cast, drawn):
    case = cast.brings("answered")
    cast.does("deputy", case, "release")
    cast.does("resident", case, "verdict", solved=True)
    cast.does("chair", case, "inspection", note="ok")
    cast.does("chair", case, "settlement")
    assert {person.account for person in lookback.fit_for(case, "quarter")} == {"deputy2", "clerk"}
    assert {person.account for person in lookback.fit_for(case, "month")} == {"deputy", "deputy2", "clerk", "chair"}


def test_neither_a_party_nor_whoever_answered_looks(cast, settled):
    found = month_of(settled)
    db.session.add(Membership(person_id=cast["deputy"].id, unit_id=settled.unit_id))
    db.session.commit()
    with later(30):
        assert not lookback.may_make_this(found, cast["deputy"])
        with pytest.raises(OutOfTurn):
            cast.does("deputy", settled, "lookback", result="holds")
        assert lookback.may_make_this(found, cast["chair"])


def test_an_answer_on_the_spot_is_looked_at_by_another_deputy(cast):
    case = cast.logs()
    cast.does("deputy", case, "on_the_spot", **{"class": "A", "text": "已解释", "language": "zh"})
    cast.does("resident", case, "verdict", solved=True)
    cast.does("chair", case, "settlement", uninspected="当面")
    assert month_of(case).assignee.account == "deputy2"


def test_it_is_on_the_list_from_a_week_before_its_day(cast, settled):
    for days, there in ((22, False), (23, True), (200, True)):
        with later(days):
            assert bool(lookback.list_of(cast["deputy"])) is there
    for account in ("deputy2", "stranger"):
        with later(200):
            assert lookback.list_of(cast[account]) == []


def test_chair_and_clerk_have_what_is_nobodys_or_late(cast, settled, visit):
    with later(29):
        assert lookback.list_of(cast["chair"]) == []
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert settled.number in go(visit("clerk"), "/desk?pile=lookback").text
    month_of(settled).assignee_id = None
    db.session.commit()
    with later(29):
        assert len(lookback.list_of(cast["clerk"])) == 1 and lookback.list_of(cast["stranger"]) == []


def test_the_visitor_reads_the_place_and_the_answer_and_nothing_of_who_raised_it(cast, visit, drawn):
    case = cast.brings("settled", narrative=SECRET)
    quarter = next(found for found in lookback.of(case) if found.kind == "quarter")
    with time_machine.travel(now() + timedelta(days=90), tick=False):
        deputy2 = visit("deputy2")
        assert "To look at again" in go(deputy2, "/field").text
        page = go(deputy2, f"/look-backs/{quarter.id}")
        assert "渠道已清淤" in page.text and "渠道淤堵" in page.text
        for secret in (SECRET, case.number, "deputy（中）", "contact"):
            assert secret not in page.html
        assert go(deputy2, f"/cases/{case.number}").status == 404
        for account in ("deputy", "stranger", "unit", "county", "admin"):
            assert go(visit(account), f"/look-backs/{quarter.id}").status == 404
        refused = send(deputy2, page, f"/look-backs/{quarter.id}", result="relapsed")
        assert refused.status == 422 and "what is back" in refused.text
        assert send(deputy2, refused, f"/look-backs/{quarter.id}", note="又堵了").status == 200
        assert go(deputy2, f"/look-backs/{quarter.id}").status == 404
    db.session.refresh(case)
    assert (case.state, case.relapses) == ("handed_over", 1)


def test_it_holds_and_the_case_stays_closed(cast, settled, visit):
    with time_machine.travel(now() + timedelta(days=30), tick=False):
        deputy = visit("deputy")
        sent = send(deputy, go(deputy, f"/cases/{settled.number}"), "/lookback", result="holds", note="水还通")
        assert sent.status == 200 and "looked at the place again: It holds" in sent.text
        assert "The congress looked at the place again" in go(visit(), f"/s/{code_of(settled.slip)}").text
    db.session.refresh(settled)
    assert settled.state == "settled" and month_of(settled).result == "holds"


@pytest.mark.parametrize("day", [31, 95])
def test_a_relapse_opens_it_again_after_the_residents_thirty_days_too(cast, settled, visit, day):
    logged = settled.logged_at
    with later(day):
        with pytest.raises(OutOfTurn):
            cast.does("resident", settled, "reopening", reason="又堵了")
        cast.does("deputy", settled, "lookback", result="relapsed", note="又堵了")
        assert (settled.state, settled.relapses, settled.reworks, settled.ended_at) == ("handed_over", 1, 0, None)
        assert settled.due > today() and settled.logged_at == logged
    order = go(visit("unit"), f"/cases/{settled.number}")
    assert "又堵了" in order.text and SECRET not in order.html
    assert go(visit(), f"/s/{code_of(settled.slip)}").status == 200
    assert list(findings()) == []


def test_a_relapse_of_an_answer_on_the_spot_goes_to_the_chair(cast):
    case = cast.logs()
    cast.does("deputy", case, "on_the_spot", **{"class": "A", "text": "已解释", "language": "zh"})
    cast.does("resident", case, "verdict", solved=True)
    cast.does("chair", case, "settlement", uninspected="当面")
    with later(30):
        cast.does("deputy2", case, "lookback", result="relapsed", note="又来了")
    assert case.state == "confirmed" and case.relapses == 1


def test_what_is_opened_again_is_looked_at_anew_after_its_new_end(cast, settled):
    cast.does("resident", settled, "reopening", reason="又堵了")
    with later(40):
        assert lookback.list_of(cast["deputy"]) == []
    cast.does("unit", settled, "acceptance", officer=cast["unit"])
    cast.does("unit", settled, "answer", **{"class": "A", "text": "通了", "language": "zh"})
    cast.does("deputy", settled, "release")
    cast.does("resident", settled, "verdict", solved=True)
    cast.does("chair", settled, "settlement", uninspected="远")
    months = [found for found in lookback.of(settled) if found.kind == "month"]
    assert [found.answer_id == settled.answer_id for found in months] == [False, True]


def test_the_chair_names_who_goes(cast, settled, visit):
    chair = visit("chair")
    page = go(chair, f"/cases/{settled.number}")
    assert send(chair, page, "/lookback_assignment", person=str(cast["deputy2"].id)).status == 200
    assert month_of(settled).assignee.account == "deputy2"


def test_the_resident_opens_it_again_on_the_thirtieth_day_and_not_on_the_thirty_first(cast, settled, visit):
    address = f"/s/{code_of(settled.slip)}"
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert not go(visit(), address).offers("/reopening")
    with time_machine.travel(now() + timedelta(days=29, hours=23), tick=False):
        phone = visit()
        assert send(phone, go(phone, address), "/reopening", remark="又堵了").status == 200
    db.session.refresh(settled)
    assert (settled.state, settled.reworks, settled.relapses) == ("handed_over", 1, 0)
