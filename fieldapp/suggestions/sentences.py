"""A suggestion's timeline as sentences in the reader's language."""

from datetime import date

from flask_babel import gettext as _

from fieldapp import journal, language
from fieldapp.cases.outcome import CLASSES, RATINGS
from fieldapp.cases.sentences import Line
from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places.place import Unit
from fieldapp.suggestions.moves import TABLE

# Words of the congress for its own record, and between it and the sponsors.
OWN = frozenset(["correction", "urge", "withholding", "withdrawal"])


def timeline(suggestion, reader) -> list[Line]:
    """All entries, newest first, for those who handle the suggestion."""
    return [_line(entry, "sentence", _note(entry, reader)) for entry in reversed(journal.of(suggestion.thing))]


def _note(entry, reader) -> str:
    return "" if reader.role == "unit" and entry.act in OWN else entry.note


def told(suggestion) -> list[Line]:
    """The public entries, oldest first: no person's name, no note."""
    return [_line(entry, "told", "") for entry in journal.of(suggestion.thing) if entry.shown]


def _line(entry, which: str, note: str) -> Line:
    return Line(entry.at, str(getattr(TABLE.row_of(entry), which)) % _words(entry), note, entry.act)


def _words(entry) -> dict[str, str]:
    facts = entry.facts or {}
    return {
        "who": entry.actor.name if entry.actor else _("The calendar"),
        "unit": _name_of(Unit, facts.get("unit")),
        "person": _name_of(Person, facts.get("person")),
        "due": _day(facts.get("due")),
        "talked_on": _day(facts.get("talked_on")),
        "class": str(CLASSES.get(facts.get("class"), "")),
        "rating": str(RATINGS.get(facts.get("rating"), "")),
    }


def _day(iso: str | None) -> str:
    return language.date(date.fromisoformat(iso)) if iso else ""


def _name_of(kind, row_id: int | None) -> str:
    row = db.session.get(kind, row_id) if row_id else None
    return row.name if row else ""
