"""Working days: China's statutory holidays with their shifted weekends, and
what a county has entered by hand (State Council Order 795 of 2024; the yearly
notice of the General Office; Xinjiang's own holidays are in no library)."""

import sys
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from types import ModuleType

import holidays
from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.database import db
from fieldapp.places import edition


class CalendarDay(db.Model):
    """A day on which a county differs from the national calendar."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("area_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    day: Mapped[date]
    works: Mapped[bool]
    names: Mapped[dict] = mapped_column(JSON, default=dict)


class WorkingCalendar:
    """The working days of one county, overrides first."""

    def __init__(self, overrides: dict[date, bool]):
        self.overrides = overrides
        # What the county adds to the national count on a day, or takes from it.
        self._changes = {day: works - _national(day) for day, works in overrides.items()}

    @classmethod
    def of(cls, area) -> "WorkingCalendar":
        county = area.county.id

        def read():
            rows = db.session.execute(select(CalendarDay.day, CalendarDay.works).where(CalendarDay.area_id == county))
            return cls(dict(rows.tuples().all()))

        return edition.kept(("calendar", county), read)

    def works(self, day: date) -> bool:
        return self.overrides[day] if day in self.overrides else _national(day)

    def after(self, start: date, working_days: int) -> date:
        """The last day of a limit: the day of the act does not count."""
        day = start
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.works(day)
        return day

    def before(self, end: date, working_days: int) -> date:
        """The first day on which no more than so many working days are left until ``end``."""
        day = end
        while working_days > 0 or not self.works(day):
            working_days -= self.works(day)
            day -= timedelta(days=1)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative where ``end`` is past."""
        if end < start:
            return -self.between(end, start)
        own = sum(change for day, change in self._changes.items() if start < day <= end)
        return _count(end) - _count(start) + own


def _national(day: date) -> bool:
    counts = _year(day.year)
    place = day.timetuple().tm_yday
    return counts[place] > counts[place - 1]


def _count(day: date) -> int:
    """National working days from 2020 to this day, both included."""
    return _until(day.year) + _year(day.year)[day.timetuple().tm_yday]


@lru_cache(maxsize=256)
def _until(year: int) -> int:
    """National working days from 2020 until this year begins; negative before."""
    if year == 2020:
        return 0
    return _until(year - 1) + _year(year - 1)[-1] if year > 2020 else _until(year + 1) - _year(year)[-1]


@lru_cache(maxsize=256)
def _year(year: int) -> tuple[int, ...]:
    """Working days of the year up to each of its days, after a nought."""
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    return tuple(accumulate((_china().is_working_day(first + timedelta(days=n)) for n in range(days)), initial=0))


@lru_cache(maxsize=1)
def _china():
    # Its package would read the holidays of all two hundred countries, nine megabytes.
    countries = ModuleType("holidays.countries")
    countries.__path__ = [f"{path}/countries" for path in holidays.__path__]
    sys.modules.setdefault(countries.__name__, countries)
    return holidays.country_holidays("CN")


def national_edition() -> str:
    """Another word wherever the national calendar became another for the years that limits reach."""
    this = date.today().year
    days = repr([_year(year) for year in range(this - 1, this + 3)])
    return sha256(days.encode()).hexdigest()[:12]


@lru_cache(maxsize=256)
def is_provisional(year: int) -> bool:
    """Whether the year's shifted weekends are not published yet: without them
    no Saturday or Sunday of the year is a working day."""
    _china().is_working_day(date(year, 1, 1))
    return not any(day.year == year for day in _china().weekend_workdays)
