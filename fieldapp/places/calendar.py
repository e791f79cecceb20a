"""Working days: China's statutory holidays with their shifted weekends, and
what a county has entered by hand (State Council Order 795 of 2024; the yearly
notice of the General Office; Xinjiang's own holidays are in no library)."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.database import db


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

    @classmethod
    def of(cls, area) -> "WorkingCalendar":
        rows = db.session.execute(select(CalendarDay.day, CalendarDay.works).where(CalendarDay.area_id == area.county.id))
        return cls(dict(rows.tuples().all()))

    def works(self, day: date) -> bool:
        return self.overrides[day] if day in self.overrides else _national(day)

    def after(self, start: date, working_days: int) -> date:
        """The last day of a limit: the day of the act does not count."""
        day = start
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative where ``end`` is past."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(start + timedelta(days=n + 1)) for n in range((end - start).days))


@lru_cache(maxsize=4096)
def _national(day: date) -> bool:
    return _china().is_working_day(day)


@lru_cache(maxsize=1)
def _china():
    return holidays.country_holidays("CN")


def is_provisional(year: int) -> bool:
    """Whether the year's shifted weekends are not published yet: without them
    no Saturday or Sunday of the year is a working day."""
    _china().is_working_day(date(year, 1, 1))
    return not any(day.year == year for day in _china().weekend_workdays)
