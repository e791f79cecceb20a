"""A row of a list, in words, kept from one request to the next.

It is known by its marks: each act leaves a case another version and another
head. Whatever else its words follow from, the names of places and people, the
day, the role and the language, it is kept under.
"""

from collections import namedtuple
from datetime import date

from fieldapp import language
from fieldapp.cases import accountable
from fieldapp.cases.case import STATES
from fieldapp.cases.clocks import light
from fieldapp.database import day_of
from fieldapp.places import edition
from fieldapp.places.place import Area, Category, Unit

MARKS = ("id", "version", "head")
MOST_KEPT = 2000

_Row = namedtuple(
    "_Row",
    "day id number title state state_name village category category_code unit accountable due light came_in reworks returns version level"
    " relapses supervised joined urges urged_on assisting wished",
    defaults=(False, None),
)


class Row(_Row):
    """A case in a list. Equal to another where all of its words are."""

    __slots__ = ()

    def __hash__(self):
        """Of what nearly always tells two apart: it is looked up again and again."""
        return hash((self.id, self.version, self.day))


def known(role: str, day: date) -> dict[tuple, Row]:
    """By its marks, what this role was told this day in this language."""
    return _shelves().get((role, day, language.current()), {})


def keep(role: str, day: date, read: list[dict]) -> list[Row]:
    """What was read, in words."""
    rows = {tuple(words[name] for name in MARKS): _row(day, **words) for words in read}
    shelves = _shelves()
    if len(rows) + sum(map(len, shelves.values())) > MOST_KEPT:
        shelves.clear()
    if len(rows) <= MOST_KEPT:
        shelves.setdefault((role, day, language.current()), {}).update(rows)
    return list(rows.values())


def _shelves() -> dict:
    return edition.kept("rows", dict)


def _row(
    day, id, number, title, state, village_id, category_id, unit_id, officer_id, township_id, due, amber, logged_at, level, head, **same
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
