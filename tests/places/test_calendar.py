"""Working days, checked by hand against the General Office's notice for 2026."""

from datetime import date

import pytest

from fieldapp.database import db
from fieldapp.places.calendar import CalendarDay, WorkingCalendar, is_provisional

FREE = [
    *(date(2026, 1, day) for day in (1, 2, 3)),  # New Year
    *(date(2026, 2, day) for day in range(15, 24)),  # Spring Festival, nine days
    *(date(2026, 10, day) for day in range(1, 8)),  # National Day, seven days
]
WORKED_WEEKENDS = [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)]


@pytest.mark.parametrize("day", FREE, ids=str)
def test_the_days_of_a_festival_are_free(day):
    assert not WorkingCalendar({}).works(day)


@pytest.mark.parametrize("day", WORKED_WEEKENDS, ids=str)
def test_the_weekends_given_for_it_are_worked(day):
    assert day.weekday() >= 5 and WorkingCalendar({}).works(day)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 2), 1, date(2026, 11, 3)),  # Monday to Tuesday: the day itself does not count
        (date(2026, 11, 6), 3, date(2026, 11, 11)),  # over a weekend
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # 8, 9, and Saturday the 10th, which is worked
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # the Saturday before the festival is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 24), 4, date(2026, 2, 28)),  # so is the one after it
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # a worked Sunday
    ],
)
def test_limits_end_on_the_day_counted_by_hand(start, days, due):
    calendar = WorkingCalendar({})
    assert calendar.after(start, days) == due
    assert calendar.between(start, due) == days and calendar.between(due, start) == -days


def test_a_year_without_published_weekends_is_provisional():
    assert not is_provisional(2026) and is_provisional(2099)


def test_a_day_the_county_entered_comes_before_the_national_calendar(cast):
    db.session.add(CalendarDay(area_id=cast.area("county").id, day=date(2026, 3, 20), works=False, names={"zh": "诺鲁孜节"}))
    db.session.add(CalendarDay(area_id=cast.area("county").id, day=date(2026, 3, 22), works=True, names={"zh": "调休"}))
    db.session.commit()
    calendar = WorkingCalendar.of(cast.area("here"))
    assert not calendar.works(date(2026, 3, 20)) and calendar.works(date(2026, 3, 22))
    assert calendar.after(date(2026, 3, 19), 1) == date(2026, 3, 22)
