"""Rows of a list: a few columns, a page at a time, found by their key."""

from collections import namedtuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from fieldapp.cases import assisting_desk
from fieldapp.cases.case import STATES, Case
from fieldapp.cases.clocks import RUNNING as CLOCK
from fieldapp.cases.clocks import UNANSWERED, light
from fieldapp.cases.outcome import PROMISES, Answer
from fieldapp.database import day_of, db, today
from fieldapp.places import edition
from fieldapp.places.place import Area, Category, Unit

PAGE = 50
MOST_COUNTED = 1000

Row = namedtuple(
    "Row",
    "id number title state state_name village category category_code unit due light came_in reworks returns version level relapses supervised joined"
    " urges urged_on assisting wished accountable",
    defaults=(0, None, False, None, ""),
)


def lights(colour: str):
    """The SQL condition for a light."""
    day, runs = today(), Case.state.in_(CLOCK)
    return {
        "resident": and_(waiting(), Case.resident_due < day),
        "red": and_(runs, Case.due < day),
        "amber": and_(runs, Case.due >= day, Case.amber <= day),
        "green": and_(runs, Case.due >= day, Case.amber > day),
    }[colour]


def waiting():
    """The SQL condition: the resident's clock runs; a promise does not stop it."""
    promised = select(Answer.id).where(Answer.id == Case.answer_id, Answer.letter.in_(PROMISES)).exists()
    return or_(Case.state.in_(UNANSWERED), and_(Case.state == "answered", promised))


def rows(person, *conditions, order=None, limit: int = PAGE) -> list[Row]:
    """Rows within this person's reach. A unit's title is the summary alone."""
    title = Case.summary if person.role == "unit" else when((Case.summary != "", Case.summary), else_=func.substr(Case.narrative, 1, 80))
    joined = aliased(Case)
    query = (
        select(
            Case.id,
            Case.number,
            title,
            Case.state,
            Case.village_id,
            Case.category_id,
            Case.unit_id,
            Case.due,
            Case.amber,
            Case.logged_at,
            Case.reworks,
            Case.returns,
            Case.version,
            Case.level,
            Case.relapses,
            Case.supervised,
            joined.number,
            Case.urges,
            Case.urged_on,
        )
        .outerjoin(joined, joined.id == Case.joined_id)
        .where(Case.reach(person), *conditions)
        .order_by(*(order or (Case.id.desc(),)))
        .limit(limit)
    )
    names = {Area: edition.rows(Area), Category: edition.rows(Category), Unit: edition.rows(Unit)}
    states = {code: str(name) for code, name in STATES.items()}
    found = [_row(names, states, *row) for row in db.session.execute(query)]
    return assisting_desk.with_own_dates(found, person) if person.role == "unit" else found


def _row(
    names,
    states,
    id,
    number,
    title,
    state,
    village,
    category,
    unit,
    due,
    amber,
    logged_at,
    reworks,
    returns,
    version,
    level,
    relapses,
    supervised,
    joined,
    *urged,
):
    category = names[Category][category]
    return Row(
        id,
        number,
        title,
        state,
        states[state],
        names[Area][village].name,
        category.name,
        category.code,
        names[Unit][unit].name if unit else None,
        due,
        light(state, due, amber),
        day_of(logged_at),
        reworks,
        returns,
        version,
        level,
        relapses,
        supervised,
        joined,
        *urged,
    )


def summaries(person, *conditions, limit: int) -> list[tuple[int, str]]:
    """Case id and summary, for what leaves the house."""
    query = select(Case.id, Case.summary).where(Case.reach(person), *conditions).order_by(Case.id.desc()).limit(limit)
    return [(row, summary) for row, summary in db.session.execute(query)]


def count(person, *conditions) -> int:
    """How many, up to one more than a thousand: an exact million helps nobody."""
    some = select(Case.id).where(Case.reach(person), *conditions).limit(MOST_COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def counted(number: int) -> str:
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
