"""Limits in working days, and the light of a case.

Two clocks run at once. The unit's own starts with a handover, follows from a
limit or from a day chosen by hand, and is started again by rework and
reopening. The resident's starts with logging and no act moves it.
"""

from datetime import date

from fieldapp.database import today
from fieldapp.places import edition, limits
from fieldapp.places.calendar import WorkingCalendar
from fieldapp.places.place import Area, Category

# A unit's clock runs in these; the resident's from logging until an answer.
RUNNING = ("handed_over", "accepted")
UNHANDLED = ("logged", "confirmed")
UNANSWERED = (*UNHANDLED, *RUNNING)
AMBER_DAYS = 3


def usual_limit(case) -> int:
    """Working days for a case of this kind and category, where nobody chose otherwise."""
    township, category = edition.row(Area, case.township_id), edition.row(Category, case.category_id)
    return limits.of(township)[limits.usual(township, case.kind, category.code)]  # type: ignore[union-attr]


def due_after(area, days: int) -> date:
    """The day a unit must have answered by, from today."""
    return WorkingCalendar.of(area).after(today(), days)


def working_days_left(area, due: date) -> int:
    """Negative once the day is past."""
    return WorkingCalendar.of(area).between(today(), due)


def amber_from(calendar: WorkingCalendar, start: date, due: date) -> date:
    """The first day on which a quarter of the time is left, or three working
    days, whichever comes earlier."""
    left = max(AMBER_DAYS, calendar.between(start, due) // 4)
    return max(start, calendar.before(due, left))


def light(state: str, due: date | None, amber: date | None) -> str | None:
    """green, amber, red; None where no unit's clock runs."""
    if state not in RUNNING or due is None or amber is None:
        return None
    if today() > due:
        return "red"
    return "amber" if today() >= amber else "green"


def light_of(case) -> str | None:
    return light(case.state, case.due, case.amber)
