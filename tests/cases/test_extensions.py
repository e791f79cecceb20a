"""More time: asked by the unit, granted or refused by whoever holds the level."""

from datetime import date, timedelta

import pytest

from fieldapp import language
from fieldapp.cases.extension import Extension, open_of
from fieldapp.cases.performing import OutOfTurn
from fieldapp.database import clock_at, db, now, today
from fieldapp.places import registering
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import send
from tests.reader import visit as go

LATER = date(2099, 12, 31)


def asked(cast, state="accepted", until=LATER):
    case = cast.brings(state)
    cast.does("unit", case, "extension", until=until, reason="清淤机要从县里调")
    return case


def test_a_day_that_is_no_later_or_no_reason_is_refused_beside_its_field(cast, visit):
    case = cast.brings("accepted")
    browser = visit("unit")
    page = go(browser, f"/cases/{case.number}")
    wrong = send(browser, page, "/extension", until="2099-12-04", reason="")
    assert wrong.status == 422
    assert "Please choose a day after" in wrong.text and "Please fill this in." in wrong.text
    assert db.session.scalar(db.select(Extension)) is None


def test_after_the_due_day_it_is_too_late_to_ask(cast):
    case = cast.brings("accepted")
    cast.does("chair", case, "due_date", due=today() + timedelta(days=5), reason="汛期")
    with clock_at(now() + timedelta(days=6)), pytest.raises(OutOfTurn):
        cast.does("unit", case, "extension", until=LATER, reason="晚了")
    with clock_at(now() + timedelta(days=5)):
        cast.does("unit", case, "extension", until=LATER, reason="当天还可以")


def test_a_second_request_waits_until_the_first_is_decided(cast):
    case = asked(cast)
    with pytest.raises(OutOfTurn):
        cast.does("unit", case, "extension", until=LATER, reason="再要")
    cast.does("chair", case, "extension_refusal", reason="请按期答复")
    cast.does("unit", case, "extension", until=LATER, reason="再要")
    assert open_of(case) is not None


def test_nobody_but_who_holds_the_level_decides(cast):
    case = asked(cast)
    for account in ("unit", "deputy", "clerk", "county", "stranger", "resident"):
        for move in ("extension_grant", "extension_refusal"):
            with pytest.raises(OutOfTurn):
                cast.does(account, case, move, reason="no")


def test_a_refusal_needs_its_reason_and_moves_no_clock(cast, visit):
    case = asked(cast)
    before = (case.due, case.amber, case.limit_days)
    chair = visit("chair")
    page = go(chair, f"/cases/{case.number}")
    assert "water station asks for time until 31 December 2099" in page.text and "清淤机要从县里调" in page.text
    assert send(chair, page, "/extension_refusal", reason="").status == 422
    told = send(chair, page, "/extension_refusal", reason="电话13999990000")
    assert told.status == 422 and "telephone or ID number" in told.text
    send(chair, page, "/extension_refusal", reason="请按期答复")
    db.session.expire_all()
    assert (case.due, case.amber, case.limit_days) == before
    assert "it was refused" in go(visit("unit"), f"/cases/{case.number}").text
    assert "请按期答复" in go(visit("unit"), f"/cases/{case.number}").text


def test_once_granted_the_units_clock_moves_and_the_residents_does_not(cast, visit):
    case = cast.logs()
    cast.does("chair", case, "handover", unit=cast.unit(), limit=15, summary="渠道淤堵")
    mine, since = case.resident_due, case.clock_from
    cast.does("unit", case, "extension", until=LATER, reason="清淤机要从县里调")
    assert case.due != LATER
    cast.does("chair", case, "extension_grant")
    assert (case.due, case.limit_days, case.clock_from) == (LATER, None, since)
    assert case.resident_due == mine
    assert "You were given more time, until 31 December 2099" in go(visit("unit"), f"/cases/{case.number}").text


def test_a_day_asked_for_that_is_past_can_be_refused_alone(cast):
    case = asked(cast, until=date(2099, 12, 8))
    with clock_at(now().replace(year=2099, month=12, day=20)):
        with pytest.raises(OutOfTurn):
            cast.does("chair", case, "extension_grant")
        cast.does("chair", case, "extension_refusal", reason="已过期")


def test_a_request_lapses_with_the_answer_and_with_the_return(cast):
    case = asked(cast)
    cast.does("unit", case, "answer", **{"class": "A", "text": "办好了", "language": "zh"})
    assert open_of(case) is None
    other = asked(cast, "handed_over")
    cast.does("unit", other, "return", reason="不归我们管")
    cast.does("chair", other, "handover", unit=cast.unit("roads"), limit=3, summary="渠道淤堵")
    assert open_of(other) is None
    with pytest.raises(OutOfTurn):
        cast.does("chair", other, "extension_grant")


def test_the_chairs_desk_counts_those_who_ask(cast, visit):
    case = asked(cast)
    page = go(visit("chair"), "/desk?pile=time")
    assert case.number in page.html
    cast.does("chair", case, "extension_grant", note="同意")
    assert case.number not in go(visit("chair"), "/desk?pile=time").html


def test_the_resident_reads_the_new_day_when_more_time_is_given_and_when_a_holiday_comes(app, cast, visit):
    case = cast.logs()
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    cast.does("chair", case, "handover", unit=cast.unit(), limit=15, summary="渠道淤堵")
    slip = f"/s/{code_of(case.slip)}"

    def english(day):
        with app.test_request_context("/?lang=en"):
            return language.date(day)

    cast.does("unit", case, "extension", until=today() + timedelta(days=60), reason="清淤机要从县里调")
    asked = go(visit(), slip).text
    assert "more time" not in asked and "清淤机" not in asked
    cast.does("chair", case, "extension_grant", note="同意")
    granted = go(visit(), slip).text
    assert granted.count(english(case.due)) >= 2 and "was given more time" in granted
    follows = cast.logs()
    pool_for(cast["deputy"])[0].case = follows
    cast.does("chair", follows, "handover", unit=cast.unit(), limit=15, summary="渠道淤堵")
    before = follows.due
    registering.set_day(cast["admin"], cast.area("county"), {"day": before, "works": False, "names": {"zh": "地方假日"}}, None)
    db.session.commit()
    page = go(visit(), f"/s/{code_of(follows.slip)}").text
    assert follows.due > before and f"The holidays changed: the answer is now due on {english(follows.due)}." in page
    assert f"Answer by {english(follows.due)}" in page
