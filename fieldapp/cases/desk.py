"""The desk: what waits for this person, in piles."""

from functools import cache
from heapq import nsmallest
from itertools import chain

from flask import request
from flask_login import current_user

from fieldapp import answers
from fieldapp.access import may_visit, only
from fieldapp.cases import assisting_desk, listing, piles, returning
from fieldapp.cases.blueprint import cases
from fieldapp.cases.levels import county_works
from fieldapp.places import edition
from fieldapp.places.place import Area

# Whoever has a hundred of a kind on the desk needs no exact number.
MOST_COUNTED = 99


@cases.get("/desk")
@only(*piles.DESKS)
def desk():
    person = current_user._get_current_object()
    name = request.args.get("pile", "open")
    shared = _is_shared(person)
    shown, parts = _shown(person.role, shared)
    pile = next((row for row in (*shown, piles.ALL_OPEN) if row.name == name), piles.NOTHING)
    rows = _rows(person, pile, shared)
    if name == "returned":
        wishes = returning.wishes([row.id for row in rows])
        rows = [row._replace(wished=wishes.get(row.id)) for row in rows]
    numbers = zip(shown, listing.counts(person, *parts, most=MOST_COUNTED), strict=True)
    return answers.framed(
        "cases/desk.html",
        "cases/_desk.html",
        rows=rows,
        pile=pile.name,
        piles=[(row, number) for row, number in numbers if number or row is pile],
        counted=_counted,
        title=pile.words,
        searches=may_visit("cases.ledger"),
        many=person.role == "chair",
    )


def _rows(person, pile, shared: bool) -> list:
    if person.role == "unit":
        return assisting_desk.rows(person, pile)
    found = [listing.rows(person, *part, order=pile.order) for part in _parts(person.role, pile, shared)]
    if len(found) == 1:
        return found[0]
    return nsmallest(listing.PAGE, chain.from_iterable(found), key=lambda row: (row.due is None, row.due, -row.id))


def _is_shared(person) -> bool:
    """Whether what is with the county waits for the county, where somebody sits there."""
    return person.role in ("clerk", "chair") and county_works(edition.rows(Area)[person.area_id].parent_id)


@cache
def _shown(role: str, shared: bool) -> tuple[list, list]:
    """The piles of a role's desk, and the sets of conditions of each."""
    shown = [pile for pile in piles.PILES if role in pile.who]
    return shown, [_parts(role, pile, shared) for pile in shown]


def _counted(number: int) -> str:
    return listing.counted(number, MOST_COUNTED)


@cache
def _parts(role: str, pile, shared: bool) -> tuple:
    """The sets of conditions of a pile as it is meant for this role: an
    officer's piles are of the cases that the unit leads, apart from those it
    assists with."""
    if role == "unit":
        return assisting_desk.parts(pile)
    level = (piles.at_township,) if shared and pile.name in piles.FOR_THE_LEVEL else ()
    return tuple((part, *level) for part in pile.parts)
