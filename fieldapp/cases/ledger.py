"""The ledger: every case within reach, by state, light, village, unit and words."""

import re
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import bindparam, false

from fieldapp import answers, language
from fieldapp.access import may_visit, only
from fieldapp.addresses import url_for
from fieldapp.cases import listing, search
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import STATES, Case
from fieldapp.cases.detector import suspicious
from fieldapp.places import edition
from fieldapp.places.place import Area, Category, Unit
from fieldapp.slips.codes import find_serial

# Four pages: whoever has more before them chooses further.
MOST_COUNTED = 200
READERS = ("deputy", "clerk", "chair", "county")
NUMBER = re.compile(r"\d{4}-\d{4,}")
CHOSEN = {
    "state": Case.state,
    "village": Case.village_id,
    "unit": Case.unit_id,
    "category": Case.category_id,
    "activity": Case.activity,
}


@cases.get("/ledger")
@only(*READERS)
def ledger():
    person, asked = current_user._get_current_object(), request.args.to_dict()
    conditions, values, refusal = chosen()
    ordered = search if search.leads in conditions else listing
    rows, newer, older = _page(person, asked, conditions, values, ordered)
    (total,) = listing.counts(person, (conditions,), most=MOST_COUNTED, order=ordered.latest, **values)
    # A number that nobody is looked up by is kept nowhere.
    show = answers.framed if refusal else answers.shared
    return show(
        "cases/ledger.html",
        "cases/_ledger.html",
        rows=tuple(rows),
        refusal=refusal,
        address=url_for("cases.ledger"),
        q=asked.get("q", ""),
        choices=(choices := _choices_of(person)),
        wanted=tuple(asked.get(name) for name, *_offered in choices),
        total=listing.counted(total, MOST_COUNTED),
        newer=_to(after=rows[0].id) if newer else None,
        older=_to(before=rows[-1].id) if older else None,
        query=_query(),
        outing=_outing(asked),
        exports=may_visit("cases.ledger_print") and not refusal,
    )


def _page(person, asked, conditions, values, ordered):
    """A page by its key, and whether there are newer and older ones."""
    most, after, before = listing.PAGE + 1, _row_id(asked, "after"), _row_id(asked, "before")
    if after:
        found = listing.rows(person, *conditions, _later, order=ordered.earliest, limit=most, after=after, **values)
        return list(reversed(found[: listing.PAGE])), len(found) == most, bool(found)
    if before:
        found = listing.rows(person, *conditions, _earlier, order=ordered.latest, limit=most, before=before, **values)
    else:
        found = listing.rows(person, *conditions, order=ordered.latest, limit=most, **values)
    return found[: listing.PAGE], bool(before and found), len(found) == most


def _later(_reader):
    return Case.id > bindparam("after")


def _earlier(_reader):
    return Case.id < bindparam("before")


def _equal(name: str, column):
    """The condition that this column is as the filter of the same name says."""
    return lambda _reader: column == bindparam(name)


FILTERS = {name: _equal(name, column) for name, column in CHOSEN.items()}
NUMBERED = _equal("number", Case.number)
OF_SLIP = _equal("case", Case.id)


def nothing(_reader):
    return false()


def chosen() -> tuple[tuple, dict, str | None]:
    """The conditions of what was asked for, what they leave open, and a sentence
    where a search is refused."""
    asked = request.args.to_dict()
    values = {"state": asked.get("state"), "activity": _outing(asked)} | {
        name: _row_id(asked, name) for name in ("village", "unit", "category")
    }
    if values["state"] not in STATES:
        values["state"] = None
    values = {name: value for name, value in values.items() if value}
    conditions = tuple(FILTERS[name] for name in values)
    if asked.get("light") in listing.LIGHTS:
        conditions += (listing.LIGHTS[asked["light"]],)
    words = asked.get("q", "").replace("\0", "").strip()[:100]
    if not words:
        return conditions, values, None
    if suspicious(words):
        return (nothing,), {}, _("Nobody is looked up by a telephone or ID number here. Search by what the matter is about.")
    more, found = _sought(words)
    return conditions + more, values | found, None


def _outing(asked: dict) -> str:
    """The code of the activity (a round, say) whose cases are wanted."""
    return asked.get("activity", "").replace("\0", "")[:40]


def _row_id(asked: dict, name: str) -> int | None:
    """A row's id from the address; what no engine could hold is none."""
    try:
        value = int(asked.get(name) or 0)
    except ValueError:
        return None
    return value if 0 < value < 2**31 else None


def _sought(words: str) -> tuple[tuple, dict]:
    if NUMBER.fullmatch(words):
        return (NUMBERED,), {"number": words}
    slip = find_serial(words)
    if slip is not None:
        return (OF_SLIP,), {"case": slip.case_id or -1}
    conditions, values = search.sought(words)
    return conditions or (nothing,), values


def _choices_of(person) -> tuple:
    """The filters: name, label, and what each offers this person."""
    area_id = person.area_id
    return edition.kept(("choices", area_id, language.current()), lambda: _choices(edition.rows(Area)[area_id]))


def _choices(area) -> tuple:
    areas = edition.rows(Area).values()
    townships = {area.id} if area.kind == "township" else {row.id for row in areas if row.parent_id == area.id}
    near = {area.id, *townships}
    lights = (("red", _("late")), ("amber", _("due soon")), ("green", _("in time")), ("resident", _("late for the resident")))
    return (
        ("state", _("State"), tuple((code, str(name)) for code, name in STATES.items())),
        ("light", _("Light"), lights),
        ("village", _("Place"), _named(row for row in areas if row.parent_id in townships)),
        ("unit", _("Unit"), _named(row for row in edition.rows(Unit).values() if row.area_id in near)),
        ("category", _("What it is about"), _named(edition.rows(Category).values())),
    )


def _named(rows) -> tuple:
    return tuple((str(row.id), row.name) for row in rows)


def _query() -> str:
    return urlencode([(name, value) for name, value in request.args.items() if name not in ("before", "after") and value])


def _to(**key) -> str:
    return f"{url_for('cases.ledger')}?{_query()}&{urlencode(key)}"
