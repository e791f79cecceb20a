"""Promises: an answer “under way” or “planned” comes back to its unit on its day."""

from sqlalchemy import and_, select

from fieldapp.cases.case import Case
from fieldapp.cases.move import Clock
from fieldapp.cases.performing import Refused, perform
from fieldapp.database import db, today


def standing(until):
    """The SQL condition: answered by a unit's promise, up to this day."""
    return and_(Case.state == "answered", Case.promised <= until)


def come_back() -> int:
    """Gives back every promise whose day has come, once; returns how many."""
    due = db.session.execute(select(Case.id, Case.answer_id).where(standing(today()))).all()
    return sum(_comes_back(case_id, answer_id) for case_id, answer_id in due)


def _comes_back(case_id: int, answer_id: int) -> bool:
    try:
        perform(db.session.get_one(Case, case_id), "promise", Clock(), once=f"promise:{answer_id}")
    except Refused:
        db.session.rollback()
        return False
    return True
