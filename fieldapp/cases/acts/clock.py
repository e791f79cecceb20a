"""The clocks of a case: nobody sets a due date beside these."""

from fieldapp.cases.acts.facts import clock
from fieldapp.cases.clocks import amber_from, usual_limit
from fieldapp.database import day_of, today
from fieldapp.places import edition
from fieldapp.places.calendar import WorkingCalendar
from fieldapp.places.place import Area


def start_clock(case, *, limit=None, due=None) -> dict:
    """The unit's clock starts today. The due day follows from ``limit``, in
    working days, or is the day ``due`` that somebody chose."""
    case.clock_from = today()
    case.urges, case.urged_on, case.urge_stage = 0, None, None
    return move_clock(case, limit=limit, due=due) | clock(case)


def move_clock(case, *, limit=None, due=None, calendar=None) -> dict:
    """Another due day on a clock that runs since the same day."""
    calendar = calendar or WorkingCalendar.of(case.township)
    case.limit_days = limit
    case.due = due or calendar.after(case.clock_from, limit)
    case.amber = amber_from(calendar, case.clock_from, case.due)
    facts = clock(case)
    return {"due": facts["due"], "limit": facts["limit"]}


def stop_clock(case) -> dict:
    """No unit has it any more."""
    case.clock_from = case.limit_days = case.due = case.amber = None
    return clock(case)


def recount(case, calendar: WorkingCalendar, *, moving=True) -> dict:
    """What the calendar as it is now makes of both clocks; the facts where the
    due day moved. A clock that does not run keeps its due day."""
    was = case.due
    if case.resident_limit is not None:
        case.resident_due = calendar.after(day_of(case.logged_at), case.resident_limit)
    if case.clock_from is None or case.due is None:
        return {}
    kept = case.due if case.limit_days is None or not moving else None
    move_clock(case, limit=case.limit_days, due=kept, calendar=calendar)
    return {} if case.due == was else {"due": case.due.isoformat(), "limit": case.limit_days, "was": was.isoformat()}


def start_again(case) -> dict:
    """Rework, reopening: as long as the unit had at first, from today."""
    return start_clock(case, limit=case.limit_days or usual_limit(case))


def start_residents(case) -> dict:
    """The resident's clock: from logging, by the limit usual then; never reset."""
    case.resident_limit = usual_limit(case)
    logged = day_of(case.logged_at)
    case.resident_due = WorkingCalendar.of(edition.row(Area, case.township_id)).after(logged, case.resident_limit)
    return {"logged": logged.isoformat(), "resident_limit": case.resident_limit}


def calendar_change(case, actor, given):
    return {"facts": recount(case, WorkingCalendar.of(case.township))}


ACTS = {"calendar": calendar_change}
