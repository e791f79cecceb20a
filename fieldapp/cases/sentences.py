"""A timeline as sentences in the reader's language."""

import json
from datetime import date, datetime
from types import SimpleNamespace
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Text, bindparam, cast, select

from fieldapp import journal, language
from fieldapp.access import ROLES
from fieldapp.cases import guards
from fieldapp.cases.lookback import RESULTS
from fieldapp.cases.moves import TABLE
from fieldapp.cases.outcome import CHANNELS, CLASSES
from fieldapp.database import db, today
from fieldapp.journal import Entry
from fieldapp.people.person import Person
from fieldapp.places import edition
from fieldapp.places.place import Unit
from fieldapp.reading import Prepared, reading

MOST_KEPT = 5000
HANDOVERS = ("handover", "county_handover")

# What the calendar says, by how near the day is.
SAID = {
    "before": _l("Reminder to %(recipients)s: the answer is due on %(due)s."),
    "day": _l("Reminder to %(recipients)s: the answer is due today."),
    "late": _l("Reminder to %(recipients)s: the answer was due on %(due)s."),
}


class Line(NamedTuple):
    """One entry as a person reads it."""

    at: datetime
    sentence: str
    note: str
    name: str


def timeline(case, reader) -> list[Line]:
    """All entries, newest first, for those who handle the case."""
    return [Line(entry.at, sentence(entry), _note(case, entry, reader), entry.act) for entry in reversed(journal.of(case.thing))]


def _note(case, entry, reader) -> str:
    """Why a contact was opened may betray whose it is: who opened it reads that, and who presides."""
    if entry.act != "contact_look" or entry.actor_id == reader.id:
        return entry.note
    return entry.note if reader.role == "chair" and not guards.is_party(case, reader) else ""


def sentence(entry) -> str:
    """What was done; at a handover, a second sentence names who assists."""
    done = _pattern(entry) % _Words(entry)
    if entry.act not in HANDOVERS or not entry.facts.get("assisting"):
        return done
    between = "" if language.current() == "zh" else " "
    return between.join((done, _("Assisting: %(units)s.", units=names_of(entry.facts["assisting"]))))


def _pattern(entry):
    stage = (entry.facts or {}).get("stage", "").split("-")[0] if entry.act == "urge" else ""
    return SAID[stage] if stage in SAID else TABLE.row_of(entry).sentence


def told(case) -> list[Line]:
    """What the resident may read, newest first: no person's name, no note."""
    entries = case.entries if "entries" in vars(case) else shown(case.thing)
    said = edition.kept(("told", language.current(), today().year), dict)
    return [Line(entry["at"], said.get(_key(entry)) or _tell(said, entry), "", entry["act"]) for entry in entries]


def shown(thing: str) -> list[dict]:
    """The entries that the resident sees, newest first, as ``told`` takes them."""
    with reading(db.engine) as cursor:
        return SHOWN.rows(db.engine, cursor, thing=thing)


SHOWN = Prepared(
    lambda: (
        select(Entry.at, Entry.act, Entry.role, Entry.after, cast(Entry.facts, Text).label("facts"))
        .where(Entry.thing == bindparam("thing"), Entry.shown)
        .order_by(Entry.id.desc())
    )
)


def _key(entry: dict) -> tuple:
    return entry["act"], entry["role"], entry["after"], entry["facts"]


def _tell(said: dict, entry: dict) -> str:
    """The sentence; the same words are put together once for each edition."""
    if len(said) > MOST_KEPT:
        said.clear()
    row = SimpleNamespace(**entry | {"facts": json.loads(entry["facts"]), "actor_id": None})
    sentence = said[_key(entry)] = str(TABLE.row_of(row).told) % _Words(row)
    return sentence


class _Words:
    """The words of an entry's sentence, each looked up where the sentence has it."""

    def __init__(self, entry):
        self.entry, self.facts = entry, entry.facts or {}

    def __getitem__(self, name: str) -> str:
        return WORDS[name](self.entry, self.facts)


def _who(entry, facts) -> str:
    if entry.actor_id:
        return _name_of(Person, entry.actor_id)
    return _("The calendar") if entry.role == "clock" else _("The resident")


def _named(kind, fact: str):
    return lambda entry, facts: _name_of(kind, facts.get(fact))


def _dated(fact: str):
    return lambda entry, facts: language.date(date.fromisoformat(facts[fact])) if facts.get(fact) else ""


def _called(names: dict, fact: str):
    return lambda entry, facts: str(names.get(facts.get(fact), ""))


def _apart(fact: str):
    return lambda entry, facts: language.apart(facts.get(fact) or "")


WORDS = {
    "who": _who,
    "role": lambda entry, facts: str(ROLES.get(entry.role, "")),
    "recipients": lambda entry, facts: _recipients(facts),
    "units": lambda entry, facts: names_of(facts.get("units")),
    "where": lambda entry, facts: language.held(facts.get("where") or ""),
    **{fact: _named(Unit, fact) for fact in ("unit", "unit_assisting")},
    **{fact: _named(Person, fact) for fact in ("officer", "deputy", "former", "person")},
    **{fact: _dated(fact) for fact in ("due", "was", "until", "report_due", "opinion_due")},
    **{fact: _apart(fact) for fact in ("serial", "number")},
    "class": _called(CLASSES, "class"),
    "channel": _called(CHANNELS, "channel"),
    "language": _called(language.LANGUAGES, "language"),
    "result": _called(RESULTS, "result"),
}


def _recipients(facts: dict) -> str:
    """People of the house, and the unit; the unit alone where nobody was named."""
    people = _(", ").join(_name_of(Person, person) for person in facts.get("recipients") or [])
    unit = _name_of(Unit, facts.get("unit"))
    return _("%(people)s (%(unit)s)", people=people, unit=unit) if people else unit


def names_of(unit_ids: list[int] | None) -> str:
    """Units in a row, with the comma of the reader's language."""
    return _(", ").join(_name_of(Unit, unit_id) for unit_id in unit_ids or [])


def _name_of(kind, row_id: int | None) -> str:
    row = edition.row(kind, row_id)
    return row.name if row else ""
