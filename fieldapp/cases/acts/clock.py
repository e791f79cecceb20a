"""The clocks of a case: nobody sets a due date beside these."""

from fieldapp.cases.acts.facts import clock
from fieldapp.cases.clocks import amber_from, usual_limit
from fieldapp.database import day_of, today
from fieldapp.places.calendar import WorkingCalendar


def start_clock(case, *, limit=None, due=None) -> dict:
    """The unit's clock starts today. The due day follows from ``limit``, in
    working days, or is the day ``due`` that somebody chose."""
    case.clock_from = today()
    return move_clock(case, limit=limit, due=due) | clock(case)


def move_clock(case, *, limit=None, due=None) -> dict:
    """Another due day on a clock that runs since the same day."""
    calendar = WorkingCalendar.of(case.township)
    case.limit_days = limit
    case.due = due or calendar.after(case.clock_from, limit)
    case.amber = amber_from(calendar, case.clock_from, case.due)
    facts = clock(case)
    return {"due": facts["due"], "limit": facts["limit"]}


def stop_clock(case) -> dict:
    """No unit has it any more."""
    case.clock_from = case.limit_days = case.due = case.amber = None
    return clock(case)


def start_again(case) -> dict:
    """Rework, reopening: as long as the unit had at first, from today."""
    return start_clock(case, limit=case.limit_days or usual_limit(case))


def start_residents(case) -> dict:
    """The resident's clock: from logging, by the limit usual then; never reset."""
    case.resident_limit = usual_limit(case)
    logged = day_of(case.logged_at)
    case.resident_due = WorkingCalendar.of(case.township).after(logged, case.resident_limit)
    return {"logged": logged.isoformat(), "resident_limit": case.resident_limit}
