"""A year of the working calendar as months of weeks, for the eye."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, gettext
from sqlalchemy import select

from fieldapp.database import db
from fieldapp.places.calendar import CalendarDay, WorkingCalendar, is_provisional


@dataclass(frozen=True)
class Day:
    """``kind``: working, rest, holiday (a weekday that is free), shifted (a
    weekend day that is worked). ``own``: entered by the county."""

    day: date
    kind: str
    own: bool


@dataclass(frozen=True)
class Month:
    name: str
    weeks: list[list[Day | None]]


def entries(county, year: int) -> list[CalendarDay]:
    """The county's own days of a year."""
    query = select(CalendarDay).where(
        CalendarDay.area_id == county.id, CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31)
    )
    return list(db.session.scalars(query.order_by(CalendarDay.day)))


# Babel's forms that stand alone (LLLL, ccccc) come out in another language once
# Uyghur was loaded; those that stand in a date do not.


def months(county, year: int) -> list[Month]:
    working = WorkingCalendar.of(county)
    return [Month(format_date(date(year, number, 1), "MMMM"), _weeks(working, year, number)) for number in range(1, 13)]


def _weeks(working: WorkingCalendar, year: int, month: int) -> list[list[Day | None]]:
    weeks = Calendar().monthdatescalendar(year, month)
    return [[_day(working, day) if day.month == month else None for day in week] for week in weeks]


def _day(working: WorkingCalendar, day: date) -> Day:
    weekend = day.weekday() >= 5
    kind = ("shifted" if weekend else "working") if working.works(day) else ("rest" if weekend else "holiday")
    return Day(day, kind, day in working.overrides)


def weekdays() -> list[str]:
    """Monday to Sunday, as short as the language allows."""
    return [format_date(date(2024, 1, number), "EEEEE") for number in range(1, 8)]


def provisional(year: int) -> str | None:
    """The warning of a year whose shifted weekends nobody has published yet."""
    return (
        gettext("The shifted weekends of %(year)s are not published yet: due dates in it are provisional.", year=year)
        if is_provisional(year)
        else None
    )
