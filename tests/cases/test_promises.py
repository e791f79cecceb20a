"""Promises come back on their day, by themselves and once; an earlier answer is welcome."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from fieldapp import journal
from fieldapp.cases.promises import come_back
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db, now, today
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import send
from tests.reader import visit as go


@pytest.fixture
def promised(cast):
    """Answered “under way” with a day ten days from now."""
    case = cast.brings("accepted")
    pool_for(cast["deputy"])[0].case = case
    given = {"class": "B", "text": "正在清淤，月底完工。", "language": "zh", "promised": today() + timedelta(days=10)}
    cast.does("unit", case, "answer", **given)
    cast.does("deputy", case, "release")
    cast.does("deputy", case, "inspection", note="看过")
    return case


def on_the_day(case):
    return clock_at(now() + timedelta(days=10))


def test_before_its_day_nothing_comes_back(promised):
    with clock_at(now() + timedelta(days=9)):
        assert come_back() == 0
    assert promised.state == "answered"


def test_the_case_knows_the_day_until_its_unit_answers_anew(cast, promised):
    assert promised.promised == promised.answer.promised
    cast.does("unit", promised, "answer", **{"class": "A", "text": "好了", "language": "zh", "promised": today() + timedelta(days=3)})
    assert promised.promised is None
    assert list(findings()) == []


def test_a_day_set_by_hand_differs_from_its_timeline(promised):
    promised.promised = None
    db.session.commit()
    assert f"case {promised.number}: promised is None" in " ".join(findings())


def test_the_database_refuses_a_promise_without_an_answer(cast):
    case = cast.brings("accepted")
    case.promised = today()
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_on_its_day_it_comes_back_once_with_a_new_clock_and_is_no_rework(cast, promised, visit):
    unit = promised.unit_id
    with on_the_day(promised):
        assert (come_back(), come_back()) == (1, 0)
    assert (promised.state, promised.unit_id, promised.reworks, promised.answer_id) == ("handed_over", unit, 0, None)
    assert promised.due > today() + timedelta(days=10)
    assert (promised.inspection_id, promised.feedback_id, promised.officer_id) == (None, None, None)
    page = go(visit(lang="en"), f"/s/{code_of(promised.slip)}")
    assert "The promised day has come." in page.text and "正在清淤" in page.text
    order = go(visit("unit"), f"/cases/{promised.number}")
    assert "The day of your promise has come" in order.text and not order.offers("/return")
    assert list(findings()) == []


def test_days_switched_off_make_it_come_back_once_all_the_same(promised):
    with clock_at(now() + timedelta(days=200)):
        assert (come_back(), come_back()) == (1, 0)
    assert [entry.act for entry in journal.of(promised.thing)].count("promise") == 1


def test_another_promise_comes_back_on_its_own_day(cast, promised):
    with on_the_day(promised):
        come_back()
        cast.does("unit", promised, "acceptance", officer=cast["unit"])
        cast.does("unit", promised, "answer", **{"class": "C", "text": "明年", "language": "zh", "promised": today() + timedelta(days=60)})
        assert come_back() == 0
    with clock_at(now() + timedelta(days=75)):
        assert come_back() == 1


@pytest.mark.parametrize("letter", ["A", "D"])
def test_a_full_answer_never_comes_back(cast, promised, letter):
    cast.does("unit", promised, "answer", **{"class": letter, "text": "好了", "language": "zh"})
    with clock_at(now() + timedelta(days=200)):
        assert come_back() == 0


def test_the_unit_answers_before_the_day_and_the_promise_stays_readable(cast, promised, visit):
    unit = visit("unit")
    page = send(unit, go(unit, f"/cases/{promised.number}"), "/answer", class_="A", text="提前完工了", language="zh")
    assert page.status == 200
    db.session.refresh(promised)
    assert promised.state == "answered" and promised.answer.letter == "A" and promised.feedback_id is None
    cast.does("deputy", promised, "release")
    both = go(visit(), f"/s/{code_of(promised.slip)}?all=1")
    assert "提前完工了" in both.text and "正在清淤" in both.text
    assert not go(unit, f"/cases/{promised.number}").offers("/answer")


def test_what_is_promised_soon_waits_on_the_desks_of_unit_and_chair(promised, visit):
    for account in ("unit", "chair"):
        assert promised.number not in go(visit(account), "/desk?pile=promise").text
    with clock_at(now() + timedelta(days=4)):
        from fieldapp.cases.promises import standing

        assert db.session.scalar(db.select(db.func.count()).where(standing(today() + timedelta(days=7)))) == 1
