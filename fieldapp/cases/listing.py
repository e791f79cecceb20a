"""Rows of a list: a few columns, a page at a time, found by their key.

A list is told by its shape: the role that reads it, its conditions, its order.
The select of a shape is compiled once. A condition is a function of the reader
that returns SQL; what it leaves open is bound by name (``reader``).
"""

from collections import namedtuple
from collections.abc import Callable
from functools import lru_cache

from sqlalchemy import and_, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from fieldapp import language
from fieldapp.cases import accountable
from fieldapp.cases.case import OPEN, STATES, Case
from fieldapp.cases.clocks import RUNNING, UNANSWERED, light
from fieldapp.cases.reader import TODAY, Reader, bound
from fieldapp.database import day_of, db, today
from fieldapp.places import edition
from fieldapp.places.place import Area, Category, Unit
from fieldapp.reading import Prepared, reading

PAGE = 50
SHAPES = 500
MOST_KEPT = 2000

Row = namedtuple(
    "Row",
    "day id number title state state_name village category category_code unit accountable due light came_in reworks returns version level"
    " relapses supervised joined urges urged_on assisting wished",
    defaults=(False, None),
)


def running(_reader):
    return Case.state.in_(RUNNING)


def late(reader):
    return and_(running(reader), Case.due < TODAY)


def _light(*days):
    """By the days that the ledger's own index has in the ledger's order."""
    return lambda reader: and_(running(reader), Case.ended_at.is_(None), *(day.is_(True) for day in days))


def late_for_resident(_reader):
    """The resident's clock is over; a promise does not stop it."""
    waiting = or_(Case.state.in_(UNANSWERED), and_(Case.state == "answered", Case.promised.is_not(None)))
    return and_(Case.state.in_(OPEN), Case.ended_at.is_(None), waiting, Case.resident_due < TODAY)


LIGHTS = {
    "red": _light(Case.due < TODAY),
    "amber": _light(Case.due >= TODAY, Case.amber <= TODAY),
    "green": _light(Case.due >= TODAY, Case.amber > TODAY),
    "resident": late_for_resident,
}


def latest():
    return (Case.id.desc(),)


def earliest():
    return (Case.id,)


def rows(person, *conditions: Callable, order: Callable = latest, limit: int = PAGE, **values) -> list[Row]:
    """Rows within this person's reach. A unit's title is the summary alone."""
    found = _rows_of(person.role, conditions, order, limit)
    with reading(db.engine) as cursor:
        read = found.tuples(db.engine, cursor, **bound(person), **values)
    return _known(found, read)


@lru_cache(SHAPES)
def _rows_of(role: str, conditions: tuple, order: Callable, limit: int) -> Prepared:
    reader, joined = Reader(role), aliased(Case)
    title = Case.summary if role == "unit" else when((Case.summary != "", Case.summary), else_=func.substr(Case.narrative, 1, 80))
    columns = (
        Case.id,
        Case.number,
        title.label("title"),
        Case.state,
        Case.village_id,
        Case.category_id,
        Case.unit_id,
        Case.officer_id,
        Case.township_id,
        Case.due,
        Case.amber,
        Case.logged_at,
        Case.reworks,
        Case.returns,
        Case.version,
        Case.level,
        Case.relapses,
        Case.supervised,
        joined.number.label("joined"),
        Case.urges,
        Case.urged_on,
    )
    query = select(*columns).outerjoin(joined, joined.id == Case.joined_id).where(Case.reach(reader), *_all(conditions, reader))
    return Prepared(lambda: query.order_by(*order()).limit(limit))


def _all(conditions, reader) -> list:
    return [condition(reader) for condition in conditions]


def _known(found: Prepared, read: list[tuple]) -> list[Row]:
    """What was read, in words: kept while neither the row nor the day nor a name changes."""
    day, kept = today(), edition.kept(("rows", language.current()), dict)
    if len(kept) > MOST_KEPT:
        kept.clear()
    rows = []
    for row in read:
        one = kept.get((day, row))
        if one is None:
            one = kept[day, row] = _row(day, **found.words(db.engine, row))
        rows.append(one)
    return rows


def _row(
    day, id, number, title, state, village_id, category_id, unit_id, officer_id, township_id, due, amber, logged_at, level, **same
) -> Row:
    category = edition.rows(Category)[category_id]
    with_a_unit = unit_id and state in accountable.WITH_A_UNIT
    return Row(
        day,
        id,
        number,
        title,
        state,
        str(STATES[state]),
        edition.rows(Area)[village_id].name,
        category.name,
        category.code,
        edition.rows(Unit)[unit_id].name if unit_id else None,
        accountable.name_of(unit_id, officer_id, township_id, level) if with_a_unit else "",
        due,
        light(state, due, amber),
        day_of(logged_at),
        level=level,
        **same,
    )


def summaries(person, *conditions: Callable, limit: int, **values) -> list[tuple[int, str]]:
    """Case id and summary, for what leaves the house."""
    found = _summaries_of(person.role, conditions, limit)
    with reading(db.engine) as cursor:
        return found.tuples(db.engine, cursor, **bound(person), **values)


@lru_cache(SHAPES)
def _summaries_of(role: str, conditions: tuple, limit: int) -> Prepared:
    reader = Reader(role)
    query = select(Case.id, Case.summary).where(Case.reach(reader), *_all(conditions, reader))
    return Prepared(lambda: query.order_by(*latest()).limit(limit))


def counts(person, *piles: tuple[tuple[Callable, ...], ...], most: int, order: Callable | None = None, **values) -> tuple[int, ...]:
    """How many are in each pile, up to one more than ``most``: an exact million
    helps nobody. A pile is what fits one of its sets of conditions. They are
    counted in no order, or in the one in which a list shows them."""
    found = _counts_of(person.role, piles, most, order)
    with reading(db.engine) as cursor:
        return found.tuples(db.engine, cursor, **bound(person), **values)[0]


@lru_cache(SHAPES)
def _counts_of(role: str, piles: tuple, most: int, order: Callable | None = None) -> Prepared:
    reader = Reader(role)

    def number(conditions):
        some = select(Case.id).where(Case.reach(reader), *_all(conditions, reader)).order_by(*(order() if order else ())).limit(most + 1)
        return select(func.count()).select_from(some.subquery()).scalar_subquery()

    return Prepared(lambda: select(*(sum(map(number, pile[1:]), number(pile[0])).label(f"pile{n}") for n, pile in enumerate(piles))))


def counted(number: int, most: int) -> str:
    """Reads from left to right also in Uyghur."""
    return language.apart(f"{most}+") if number > most else str(number)
