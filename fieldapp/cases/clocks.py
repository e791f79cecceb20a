"""Limits in working days, and the light of a case."""

from datetime import date, timedelta

from fieldapp.database import today
from fieldapp.places.calendar import WorkingCalendar
from fieldapp.places.limits import LIMITS

AMBER_DAYS = 3


def limits(area) -> dict[str, int]:
    return {**LIMITS, **area.setting("limits", {})}


def due_after(area, speed: str) -> date:
    """The day a unit must have answered by, from today."""
    return WorkingCalendar.of(area).after(today(), limits(area)[speed])


def working_days_left(area, due: date) -> int:
    """Negative once the day is past."""
    return WorkingCalendar.of(area).between(today(), due)


def amber_from(start: date, due: date) -> date:
    """The day a light turns amber: three days or a quarter of the time before
    the due date, whichever is earlier."""
    return due - timedelta(days=max(AMBER_DAYS, (due - start).days // 4))


def light(state: str, due: date | None, amber: date | None) -> str | None:
    """green, amber, red; None where no unit's clock runs."""
    if state not in ("handed_over", "accepted") or due is None or amber is None:
        return None
    if today() > due:
        return "red"
    return "amber" if today() >= amber else "green"


def light_of(case) -> str | None:
    return light(case.state, case.due, case.amber)
