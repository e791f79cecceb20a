"""An officer's desk: what the unit leads, and what it assists with, with its own dates."""

from heapq import nsmallest

from sqlalchemy import and_, bindparam, or_, select

from fieldapp.cases import accountable, assistance, listing
from fieldapp.cases.assistance import DURING, Assistance
from fieldapp.cases.case import Case
from fieldapp.cases.piles import few_due_first, is_open
from fieldapp.cases.reader import IN_THREE_DAYS, TODAY
from fieldapp.database import db


def led(reader):
    """By one of the officer's units."""
    return and_(Case.unit_id.in_(reader.unit_ids), is_open(reader))


def led_by_one(reader):
    """By this one of them, so that an index has them in their order."""
    return and_(Case.unit_id == bindparam("unit"), is_open(reader))


def led_elsewhere(reader):
    return or_(Case.unit_id.is_(None), Case.unit_id.not_in(reader.unit_ids))


def _owed(reader, *conditions):
    rows = select(Assistance.case_id).where(
        Assistance.unit_id.in_(reader.unit_ids), Assistance.ended_at.is_(None), Assistance.opinion_at.is_(None), *conditions
    )
    return and_(Case.state.in_(DURING), Case.id.in_(rows))


def _late(reader):
    return _owed(reader, Assistance.due < TODAY)


def _soon(reader):
    return _owed(reader, Assistance.due.between(TODAY, IN_THREE_DAYS))


def _assisting(reader):
    return assistance.reach(Case, reader)


# What an officer's piles also hold of the cases that another unit leads.
ASSISTING = {"assist": (_owed,), "late": (_late, led_elsewhere), "soon": (_soon, led_elsewhere), "open": (_assisting, led_elsewhere)}


def parts(pile) -> tuple:
    """Sets of conditions, of which a case fits one at most."""
    assisting = [ASSISTING[pile.name]] if pile.name in ASSISTING else []
    return (*((part, led) for part in pile.parts), *assisting)


def rows(person, pile) -> list:
    """The rows of a pile, those that the unit assists with under the date of its
    opinion, in the order of what is due first."""
    units = sorted(unit for unit, members in accountable.members().items() if person.id in members)
    found = [row for unit in units for part in pile.parts for row in listing.rows(person, part, led_by_one, order=pile.order, unit=unit)]
    if pile.name in ASSISTING:
        found += _with_own_dates(listing.rows(person, *ASSISTING[pile.name], order=few_due_first), person)
    return nsmallest(listing.PAGE, found, key=lambda row: (row.due is None, row.due, -row.id))


def _with_own_dates(rows: list, person) -> list:
    if not rows:
        return []
    asked = (
        select(Assistance)
        .join(Case, Case.id == Assistance.case_id)
        .where(
            Assistance.case_id.in_([row.id for row in rows]),
            Assistance.unit_id.in_(person.unit_ids),
            Assistance.ended_at.is_(None),
            Case.unit_id.is_(None) | Case.unit_id.not_in(person.unit_ids),
        )
    )
    own = {row.case_id: row for row in db.session.scalars(asked.order_by(Assistance.opinion_at.is_(None)))}
    return [_as_asked(row, own[row.id]) if row.id in own else row for row in rows]


def _as_asked(row, asked: Assistance):
    return row._replace(due=asked.due, light=asked.light, assisting=True, reworks=0, returns=0, accountable="")
