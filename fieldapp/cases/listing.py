"""Rows of a list: a few columns, a page at a time, found by their key.

A list is told by its shape: the role that reads it, its conditions, its order.
The select of a shape is compiled once. A condition is a function of the reader
that returns SQL; what it leaves open is bound by name (``reader``).
"""

from collections.abc import Callable
from functools import lru_cache

from sqlalchemy import and_, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from fieldapp import language
from fieldapp.cases import row
from fieldapp.cases.case import OPEN, Case
from fieldapp.cases.clocks import RUNNING, UNANSWERED
from fieldapp.cases.reader import TODAY, Reader, bound
from fieldapp.cases.row import Row
from fieldapp.database import db
from fieldapp.reading import Prepared, reading

PAGE = 50
SHAPES = 500


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
    """Rows within this person's reach: their marks alone, where all of them are
    known already. A unit's title is the summary alone."""
    marked, whole = _rows_of(person.role, conditions, order, limit)
    values |= bound(person)
    known = row.known(person.role, values["today"])
    with reading(db.engine) as cursor:
        found = [known.get(marks) for marks in marked.tuples(db.engine, cursor, **values)]
        if all(found):
            return found  # type: ignore[return-value]
        read = whole.rows(db.engine, cursor, **values)
    return row.keep(person.role, values["today"], read)


@lru_cache(SHAPES)
def _rows_of(role: str, conditions: tuple, order: Callable, limit: int) -> tuple[Prepared, Prepared]:
    """The marks of the rows, and the rows."""
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
        Case.head,
        Case.level,
        Case.relapses,
        Case.supervised,
        joined.number.label("joined"),
        Case.urges,
        Case.urged_on,
    )
    marks = select(*(getattr(Case, name) for name in row.MARKS))
    found = [Case.reach(reader), *_all(conditions, reader)]
    whole = select(*columns).outerjoin(joined, joined.id == Case.joined_id)
    return tuple(Prepared(lambda query=query: query.where(*found).order_by(*order()).limit(limit)) for query in (marks, whole))


def _all(conditions, reader) -> list:
    return [condition(reader) for condition in conditions]


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
