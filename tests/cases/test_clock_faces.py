"""The two clocks on the pages."""

from datetime import UTC, date, datetime

import pytest

from fieldapp.cases import clock_faces
from fieldapp.database import clock_at
from fieldapp.places.calendar import WorkingCalendar
from tests.reader import visit as go


def noon(year, month, day):
    return datetime(year, month, day, 4, tzinfo=UTC)


def test_no_act_resets_the_residents_clock(cast):
    with clock_at(noon(2026, 3, 2)):
        case = cast.logs()
    mine = (case.resident_limit, case.resident_due)
    assert mine == (15, date(2026, 3, 23))
    with clock_at(noon(2026, 3, 10)):
        cast.does("chair", case, "handover", unit=cast.unit(), limit=30, summary="渠道")
        cast.does("unit", case, "return", reason="不归我们管")
        cast.does("chair", case, "handover", unit=cast.unit("roads"), limit=15, summary="渠道")
        cast.does("unit2", case, "acceptance", officer=cast["unit2"])
        cast.does("unit2", case, "answer", **{"class": "A", "text": "好了", "language": "zh"})
        cast.does("deputy", case, "rework", reason="没好")
    assert (case.resident_limit, case.resident_due) == mine
    assert case.clock_from == date(2026, 3, 10)


def test_a_promise_does_not_stop_the_residents_clock_an_answer_does(cast):
    with clock_at(noon(2026, 3, 2)):
        case = cast.brings("accepted")
        cast.does("unit", case, "answer", **{"class": "B", "promised": date(2026, 9, 1), "text": "正在办", "language": "zh"})
    with clock_at(noon(2026, 4, 1)):
        assert clock_faces.of_unit(case) is None
        assert clock_faces.of_resident(case).light == "red"
    with clock_at(noon(2026, 3, 2)):
        solved = cast.brings("answered")
        assert clock_faces.of_resident(solved) is None


def test_the_case_page_shows_both_and_the_ledger_finds_who_waits_too_long(cast, visit):
    with clock_at(noon(2026, 3, 2)):
        case = cast.logs()
    with clock_at(noon(2026, 3, 24)):
        cast.does("chair", case, "handover", unit=cast.unit(), limit=15, summary="渠道")
    page = go(visit("chair"), f"/cases/{case.number}")
    assert "The unit's" in page.text and "The resident's" in page.text
    assert "15 working days from 24 March" in page.text and "15 working days from 2 March" in page.text
    assert case.number in go(visit("chair"), "/ledger?light=resident").html
    assert case.number in go(visit("chair"), "/desk?pile=waiting").html
    cast.does("resident", case, "withdrawal")
    assert case.number not in go(visit("chair"), "/ledger?light=resident").html


def test_a_due_date_in_a_year_without_published_weekends_says_so(cast, visit):
    case = cast.brings("accepted")  # due in 2099
    for account in ("chair", "unit"):
        assert "not published yet" in go(visit(account), f"/cases/{case.number}").text


@pytest.mark.parametrize(
    ("start", "due", "amber"),
    [
        # 15 working days from Monday 2 March: three left on Wednesday 18 March.
        (date(2026, 3, 2), date(2026, 3, 23), date(2026, 3, 18)),
        # 30 working days: a quarter is seven (and a half).
        (date(2026, 3, 2), date(2026, 4, 14), date(2026, 4, 2)),
        # Urgent: three days are left from the start.
        (date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 2)),
        # Over the National Day holiday: three working days before 9 October is 29 September.
        (date(2026, 9, 21), date(2026, 10, 9), date(2026, 9, 29)),
    ],
)
def test_amber_begins_with_a_quarter_of_the_time_or_three_working_days_left(app, start, due, amber):
    from fieldapp.cases.clocks import amber_from

    calendar = WorkingCalendar({})
    assert amber_from(calendar, start, due) == amber
    left = max(3, calendar.between(start, due) // 4)
    assert calendar.between(amber, due) <= left
