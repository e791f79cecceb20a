"""The ledger: every case within reach, by state, light, village, unit and words."""

import re
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import answers
from fieldapp.access import may_visit, only
from fieldapp.cases import listing, search
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import STATES, Case
from fieldapp.cases.detector import suspicious
from fieldapp.places import edition
from fieldapp.places.place import Area, Category, Unit
from fieldapp.slips.codes import find_serial

READERS = ("deputy", "clerk", "chair", "county")
NUMBER = re.compile(r"\d{4}-\d{4,}")


@cases.get("/ledger")
@only(*READERS)
def ledger():
    conditions, refusal = chosen()
    after, before = _row_id("after"), _row_id("before")
    rows, newer, older = _page(conditions, before, after)
    return answers.answer(
        "cases/ledger.html",
        "cases/_ledger.html",
        rows=rows,
        refusal=refusal,
        choices=choices(),
        chosen=request.args,
        total=listing.counted(listing.count(current_user, *conditions)),
        newer=_to(after=rows[0].id) if newer else None,
        older=_to(before=rows[-1].id) if older else None,
        query=_query(),
        outing=_outing(),
        exports=may_visit("cases.ledger_print"),
    )


def _page(conditions, before, after):
    """A page by its key, and whether there are newer and older ones."""
    most = listing.PAGE + 1
    if after:
        found = listing.rows(current_user, *conditions, Case.id > after, order=(Case.id,), limit=most)
        return list(reversed(found[: listing.PAGE])), len(found) == most, bool(found)
    limits = [Case.id < before] if before else []
    found = listing.rows(current_user, *conditions, *limits, limit=most)
    return found[: listing.PAGE], bool(before and found), len(found) == most


def chosen() -> tuple[list, str | None]:
    """The SQL conditions of what was chosen, and a sentence where a search is refused."""
    args, conditions = request.args, []
    if args.get("state") in STATES:
        conditions.append(Case.state == args["state"])
    if args.get("light") in ("red", "amber", "green", "resident"):
        conditions.append(listing.lights(args["light"]))
    for name, column in (("village", Case.village_id), ("unit", Case.unit_id), ("category", Case.category_id)):
        if _row_id(name):
            conditions.append(column == _row_id(name))
    if _outing():
        conditions.append(Case.activity == _outing())
    words = args.get("q", "").replace("\0", "").strip()[:100]
    if not words:
        return conditions, None
    if suspicious(words):
        return [Case.id < 0], _("Nobody is looked up by a telephone or ID number here. Search by what the matter is about.")
    return conditions + _sought(words), None


def _outing() -> str:
    """The code of the activity (a round, say) whose cases are wanted."""
    return request.args.get("activity", "").replace("\0", "")[:40]


def _row_id(name: str) -> int | None:
    """A row's id from the address; what no engine could hold is none."""
    value = request.args.get(name, type=int)
    return value if value and 0 < value < 2**31 else None


def _sought(words: str) -> list:
    if NUMBER.fullmatch(words):
        return [Case.number == words]
    slip = find_serial(words)
    if slip is not None:
        return [Case.id == (slip.case_id or -1)]
    return search.condition(Case.id, words) or [Case.id < 0]


def choices() -> dict:
    """What the filters offer this person."""
    area = current_user.area
    areas = edition.rows(Area).values()
    townships = {area.id} if area.kind == "township" else {row.id for row in areas if row.parent_id == area.id}
    near = {area.id, *townships}
    return {
        "state": [*STATES.items()],
        "light": [("red", _("late")), ("amber", _("due soon")), ("green", _("in time")), ("resident", _("late for the resident"))],
        "village": [(row.id, row.name) for row in areas if row.parent_id in townships],
        "unit": [(row.id, row.name) for row in edition.rows(Unit).values() if row.area_id in near],
        "category": [(row.id, row.name) for row in edition.rows(Category).values()],
    }


def _query() -> str:
    return urlencode([(name, value) for name, value in request.args.items() if name not in ("before", "after") and value])


def _to(**key) -> str:
    return f"{url_for('cases.ledger')}?{_query()}&{urlencode(key)}"
