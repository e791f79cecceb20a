"""A timeline as sentences in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from fieldapp import journal, language
from fieldapp.access import ROLES
from fieldapp.cases.moves import TABLE
from fieldapp.cases.outcome import CHANNELS, CLASSES
from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places.place import Unit


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it."""

    at: datetime
    sentence: str
    note: str
    name: str


def timeline(case) -> list[Line]:
    """All entries, newest first, for those who handle the case."""
    return [
        Line(entry.at, TABLE.row_of(entry).sentence % _words(entry), entry.note, entry.act) for entry in reversed(journal.of(case.thing))
    ]


def told(case) -> list[Line]:
    """What the resident may read, newest first: no person's name, no note."""
    return [
        Line(entry.at, str(TABLE.row_of(entry).told) % _words(entry), "", entry.act)
        for entry in reversed(journal.of(case.thing))
        if entry.shown
    ]


def _words(entry) -> dict[str, str]:
    facts = entry.facts or {}
    return {
        "who": entry.actor.name if entry.actor else _("The calendar") if entry.role == "clock" else _("The resident"),
        "role": str(ROLES.get(entry.role, "")),
        "unit": _name_of(Unit, facts.get("unit")),
        "officer": _name_of(Person, facts.get("officer")),
        "due": language.date(date.fromisoformat(facts["due"])) if facts.get("due") else "",
        "class": str(CLASSES.get(facts.get("class"), "")),
        "channel": str(CHANNELS.get(facts.get("channel"), "")),
        "language": language.LANGUAGES.get(facts.get("language"), ""),
        "serial": facts.get("serial") or "",
        "where": facts.get("where") or "",
    }


def _name_of(kind, row_id: int | None) -> str:
    row = db.session.get(kind, row_id) if row_id else None
    return row.name if row else ""
