"""The two clocks of a case as a person reads them."""

from dataclasses import dataclass
from datetime import date

from fieldapp.cases import extension
from fieldapp.cases.clocks import RUNNING, UNANSWERED, amber_from
from fieldapp.cases.outcome import PROMISES
from fieldapp.database import day_of, today
from fieldapp.places.calendar import WorkingCalendar, is_provisional


@dataclass(frozen=True)
class Face:
    """``days``: the limit in working days, None where a day was chosen.
    ``left``: working days until ``due``, negative once it is past.
    ``provisional``: the shifted weekends of its year are not published yet."""

    since: date
    days: int | None
    due: date
    left: int
    light: str
    provisional: bool


def of(case) -> dict:
    """Both, and the request for more time that waits."""
    return {"unit": of_unit(case), "resident": of_resident(case), "asked": extension.open_of(case)}


def of_unit(case) -> Face | None:
    """The clock of the unit that has the case; None where none runs."""
    if case.state not in RUNNING or case.due is None:
        return None
    return _face(case, case.clock_from or day_of(case.handed_over_at), case.limit_days, case.due)


def of_resident(case) -> Face | None:
    """From logging until an answer that is more than a promise; None then, or before there was one."""
    promised = case.state == "answered" and case.answer.letter in PROMISES
    if case.resident_due is None or not (case.state in UNANSWERED or promised):
        return None
    return _face(case, day_of(case.logged_at), case.resident_limit, case.resident_due)


def _face(case, since, days, due) -> Face:
    calendar, day = WorkingCalendar.of(case.township), today()
    light = "red" if day > due else "amber" if day >= amber_from(calendar, since, due) else "green"
    return Face(since, days, due, calendar.between(day, due), light, is_provisional(due.year))
