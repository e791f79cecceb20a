"""Timed urging: a month before the day, a week before, the day after, and every month then."""

from datetime import date, timedelta

from sqlalchemy import select

from fieldapp import journal
from fieldapp.database import db, today
from fieldapp.suggestions.performing import perform
from fieldapp.suggestions.suggestion import Suggestion
from fieldapp.workflow import Clock, Refused

MONTH = 30
FIRST = timedelta(days=MONTH)


def stage(due: date, day: date) -> int | None:
    """The last day's distance from the due date at which an urge fell due; None before the first."""
    late = (day - due).days
    if late >= 1:
        return 1 + (late - 1) // MONTH * MONTH
    return next((before for before in (-7, -MONTH) if late >= before), None)


def urge_due() -> int:
    """Urges once for each stage, and for the last one alone after days switched off."""
    soon = select(Suggestion.id).where(Suggestion.state == "handed_over", Suggestion.due <= today() + FIRST)
    return sum(_urge(db.session.get_one(Suggestion, found)) for found in db.session.scalars(soon).all())


def _urge(suggestion: Suggestion) -> int:
    once = f"urge:{suggestion.thing}:{suggestion.due}:{stage(suggestion.due, today())}"
    if journal.done_already(once):
        return 0
    try:
        perform(suggestion, "urge", Clock(), {}, once=once)
    except Refused:
        return 0
    return 1
