"""Limits in working days, and the light of a case."""

from datetime import date

from fieldapp.database import today
from fieldapp.places.calendar import WorkingCalendar

# Working days from handover; a county sets its own, a township may shorten.
LIMITS = {"urgent": 3, "ordinary": 15, "complex": 30}
AMBER_DAYS = 3


def limits(area) -> dict[str, int]:
    return {**LIMITS, **area.setting("limits", {})}


def due_after(area, speed: str) -> date:
    """The day a unit must have answered by, from today."""
    return WorkingCalendar.of(area).after(today(), limits(area)[speed])


def working_days_left(area, due: date) -> int:
    """Negative once the day is past."""
    return WorkingCalendar.of(area).between(today(), due)


def light(case) -> str | None:
    """green, amber, red; None where no unit's clock runs: amber from three days
    or a quarter of the time, whichever is more, red after the due date."""
    if case.state not in ("handed_over", "accepted") or case.due is None:
        return None
    day = today()
    if day > case.due:
        return "red"
    whole = (case.due - case.handed_over_at.date()).days
    return "amber" if (case.due - day).days <= max(AMBER_DAYS, whole / 4) else "green"
