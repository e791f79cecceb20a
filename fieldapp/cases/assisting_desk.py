"""An officer's desk: what the unit leads, and what it assists with, with its own dates."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from fieldapp.cases.assistance import DURING, Assistance
from fieldapp.cases.case import Case
from fieldapp.database import db, today


def condition(pile: str, leads, person):
    """The SQL condition of a pile; ``leads`` is that of the cases the unit leads."""
    ours = Case.unit_id.in_(person.unit_ids)
    match pile:
        case "assist":
            return _owed(person)
        case "late":
            return or_(and_(ours, leads), _owed(person, Assistance.due < today()))
        case "soon":
            return or_(and_(ours, leads), _owed(person, Assistance.due.between(today(), today() + timedelta(days=3))))
        case "open":
            return leads
    return and_(ours, leads)


def _owed(person, *conditions):
    rows = select(Assistance.case_id).where(
        Assistance.unit_id.in_(person.unit_ids), Assistance.ended_at.is_(None), Assistance.opinion_at.is_(None), *conditions
    )
    return and_(Case.state.in_(DURING), Case.id.in_(rows))


def with_own_dates(rows: list, person) -> list:
    """The rows, those that the unit assists with under the date of its opinion,
    in the order of what is due first."""
    query = select(Assistance).join(Case, Case.id == Assistance.case_id)
    asked = query.where(
        Assistance.case_id.in_([row.id for row in rows]),
        Assistance.unit_id.in_(person.unit_ids),
        Assistance.ended_at.is_(None),
        Case.unit_id.is_(None) | Case.unit_id.not_in(person.unit_ids),
    )
    own = {row.case_id: row for row in db.session.scalars(asked.order_by(Assistance.opinion_at.is_(None)))}
    mine = [
        row._replace(due=own[row.id].due, light=own[row.id].light, assisting=True, reworks=0, returns=0) if row.id in own else row
        for row in rows
    ]
    return sorted(mine, key=lambda row: (row.due is None, row.due)) if own else mine
