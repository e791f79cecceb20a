"""Urging by the calendar (催办): three working days before the due day, on it,
on the first working day after it, and every five from then on.

A request for more time changes nothing until it is granted, and an answer ends
it. After days switched off the latest word alone is said.
"""

from datetime import date, timedelta
from itertools import islice

from sqlalchemy import select

from fieldapp.cases.case import Case
from fieldapp.cases.clocks import RUNNING
from fieldapp.cases.move import Clock
from fieldapp.cases.performing import Refused, perform
from fieldapp.database import db, today
from fieldapp.places.calendar import WorkingCalendar
from fieldapp.places.place import Area

AHEAD, EVERY = 3, 5
# In one round; the rest comes with the next.
MOST = 1000
# No three working days are further apart than this.
HORIZON = timedelta(days=31)


def stage(calendar: WorkingCalendar, since: date, due: date, day: date) -> str | None:
    """What there is to say on this day: before, day, late-1, late-6, late-11 …

    Where the whole limit is no longer than the warning, the handover has said it.
    """
    if day == due:
        return "day"
    left = calendar.between(day, due)
    if day < due:
        return "before" if left <= AHEAD < calendar.between(since, due) else None
    late = -left
    return f"late-{(late - 1) // EVERY * EVERY + 1}" if late else None


def urge_due() -> int:
    """Says what is due and was not said yet; every word is a transaction of its own."""
    return sum(_urge(*unsaid) for unsaid in [*islice(_unsaid(), MOST)])


def _unsaid():
    day = today()
    townships = db.session.scalars(select(Area).where(Area.kind == "township"))
    calendars = {township.id: WorkingCalendar.of(township) for township in townships.all()}
    for township, calendar in calendars.items():
        columns = select(Case.id, Case.clock_from, Case.due, Case.urge_stage)
        running = Case.state.in_(RUNNING), Case.clock_from.is_not(None), Case.due <= day + HORIZON
        rows = db.session.execute(columns.where(Case.township_id == township, *running).order_by(Case.id)).all()
        # Nobody waits for the lock while days are counted.
        db.session.rollback()
        for case_id, since, due, last in rows:
            word = stage(calendar, since, due, day)
            if word and f"{due}:{word}" != last:
                yield case_id, f"urge:{case_id}:{since}:{due}:{word}", word


def _urge(case_id: int, once: str, word: str) -> bool:
    case = db.session.get(Case, case_id)
    if case is None:
        return False
    try:
        perform(case, "urge", Clock(), {"stage": word}, once=once)
    except Refused:
        db.session.rollback()
        return False
    return True
