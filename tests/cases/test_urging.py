"""Urging by the calendar: when, whom, and never twice."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from fieldapp import journal
from fieldapp.cases import urging
from fieldapp.cases.move import Clock
from fieldapp.cases.performing import perform
from fieldapp.cases.urging import stage, urge_due
from fieldapp.database import clock_at
from fieldapp.places.calendar import WorkingCalendar
from tests.reader import visit as go

NATIONAL = WorkingCalendar({})


def noon(year, month, day):
    return datetime(year, month, day, 4, tzinfo=UTC)


def on(month, day):
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        # Handed over on Monday 2 March with 15 working days: due on Monday the 23rd.
        (on(3, 2), None),
        (on(3, 17), None),  # four left
        (on(3, 18), "before"),  # three: Thursday, Friday, Monday
        (on(3, 22), "before"),  # the Sunday before it
        (on(3, 23), "day"),
        (on(3, 24), "late-1"),
        (on(3, 30), "late-1"),  # five working days past
        (on(3, 31), "late-6"),
        (on(4, 7), "late-6"),  # Qingming on Monday the 6th: ten working days past
        (on(4, 8), "late-11"),
    ],
)
def test_what_there_is_to_say_on_a_day(app, day, word):
    assert stage(NATIONAL, on(3, 2), on(3, 23), day) == word


def test_over_a_holiday_nobody_is_told_that_it_is_late(app):
    # Due on 30 September: the first working day after it is 8 October.
    assert stage(NATIONAL, on(9, 9), on(9, 30), on(10, 1)) is None
    assert stage(NATIONAL, on(9, 9), on(9, 30), on(10, 7)) is None
    assert stage(NATIONAL, on(9, 9), on(9, 30), on(10, 8)) == "late-1"


def test_an_urgent_matter_is_not_warned_of_on_the_day_it_is_given(app):
    assert stage(NATIONAL, on(3, 2), on(3, 5), on(3, 2)) is None
    assert stage(NATIONAL, on(3, 2), on(3, 5), on(3, 4)) is None
    assert stage(NATIONAL, on(3, 2), on(3, 5), on(3, 5)) == "day"


@pytest.fixture
def case(cast):
    with clock_at(noon(2026, 3, 2)):
        case = cast.logs()
        cast.does("chair", case, "handover", unit=cast.unit(), limit=15, summary="渠道")
        cast.does("unit", case, "acceptance", officer=cast["unit"])
    return case


def urges(case):
    return [entry for entry in journal.of(case.thing) if entry.act == "urge"]


def day_by_day(days):
    for moment in days:
        with clock_at(moment):
            urge_due()


def test_every_word_is_said_once_with_its_recipients(cast, case):
    for _twice in range(2):
        day_by_day(noon(2026, 3, day) for day in range(2, 32))
    assert [entry.facts["stage"] for entry in urges(case)] == ["before", "day", "late-1", "late-6"]
    assert all(entry.role == "clock" for entry in urges(case))
    assert all(set(entry.facts["recipients"]) == {cast["unit"].id, cast["chair"].id} for entry in urges(case))
    assert (case.urges, case.urged_on) == (4, on(3, 31))


def test_after_days_switched_off_the_latest_word_alone_is_said(case):
    day_by_day([noon(2026, 4, 9)])
    assert [entry.facts["stage"] for entry in urges(case)] == ["late-11"]


def test_two_processes_at_once_say_it_once(case, monkeypatch):
    with clock_at(noon(2026, 3, 18)):
        pending = list(urging._unsaid())
        assert len(pending) == 1
        for _process in range(2):
            for row in pending:
                urging._urge(*row)
    assert len(urges(case)) == 1 and case.urges == 1


def test_nothing_is_said_after_the_answer_nor_where_no_unit_has_it(cast, case):
    with clock_at(noon(2026, 3, 4)):
        other = cast.logs()
        cast.does("chair", other, "handover", unit=cast.unit(), limit=15, summary="渠道")
        cast.does("unit", other, "return", reason="不归我们")
        cast.does("unit", case, "answer", **{"class": "B", "promised": on(9, 1), "text": "在办", "language": "zh"})
    day_by_day([noon(2026, 3, 23), noon(2026, 4, 23)])
    assert urges(case) == [] and urges(other) == []


def test_more_time_asked_silences_nothing_more_time_granted_begins_anew(cast, case):
    with clock_at(noon(2026, 3, 17)):
        cast.does("unit", case, "extension", until=on(3, 31), reason="要机器")
    day_by_day([noon(2026, 3, 18)])
    assert [entry.facts["stage"] for entry in urges(case)] == ["before"]
    with clock_at(noon(2026, 3, 19)):
        cast.does("chair", case, "extension_grant")
    day_by_day([noon(2026, 3, 23), noon(2026, 3, 26), noon(2026, 3, 31)])
    assert [entry.facts["stage"] for entry in urges(case)] == ["before", "before", "day"]


def test_rework_counts_from_nought(cast, case):
    day_by_day([noon(2026, 3, 18)])
    with clock_at(noon(2026, 3, 19)):
        cast.does("unit", case, "answer", **{"class": "A", "text": "好了", "language": "zh"})
        cast.does("deputy", case, "rework", reason="没好")
    assert (case.urges, case.urged_on, case.urge_stage) == (0, None, None)
    day_by_day([noon(2026, 4, 10)])
    assert case.urges == 1


def test_the_unit_and_the_chair_see_how_often_and_when_last(cast, visit, case):
    day_by_day([noon(2026, 3, 18), noon(2026, 3, 23)])
    with clock_at(noon(2026, 3, 24)):
        cast.does("chair", case, "urge")
    assert journal.of(case.thing)[-1].facts["recipients"] == [cast["unit"].id]
    # In another year the pages name the year as well.
    with time_machine.travel(noon(2026, 3, 24), tick=False):
        for account in ("unit", "chair"):
            assert "urged 3 times, last on 24 March" in go(visit(account), f"/cases/{case.number}").text
            assert "urged 3 times, last on 24 March" in go(visit(account), "/desk").text
        text = go(visit("chair"), f"/cases/{case.number}").text
    assert "Reminder to unit, chair (water station): the answer is due on 23 March." in text
    assert "Reminder to unit, chair (water station): the answer is due today." in text
    assert "chair urged unit (water station)." in text


def test_a_case_that_changes_meanwhile_keeps_nobody_else_from_being_urged(cast, case, monkeypatch):
    with clock_at(noon(2026, 3, 2)):
        other = cast.logs()
        cast.does("chair", other, "handover", unit=cast.unit(), limit=15, summary="渠道")
    with clock_at(noon(2026, 3, 18)):
        pending = list(urging._unsaid())
        cast.does("unit", case, "answer", **{"class": "A", "text": "好了", "language": "zh"})
        assert [urging._urge(*row) for row in pending] == [False, True]


def test_nobody_makes_the_calendars_move(cast, case):
    assert perform(case, "urge", Clock(), {"stage": "day"}, once="x").role == "clock"
    assert perform(case, "urge", Clock(), {"stage": "day"}, once="x").role == "clock"
    assert len(urges(case)) == 1
