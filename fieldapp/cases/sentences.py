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

HANDOVERS = ("handover", "county_handover")


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it."""

    at: datetime
    sentence: str
    note: str
    name: str


def timeline(case) -> list[Line]:
    """All entries, newest first, for those who handle the case."""
    return [Line(entry.at, _sentence(entry), entry.note, entry.act) for entry in reversed(journal.of(case.thing))]


def _sentence(entry) -> str:
    """What was done; at a handover, a second sentence names who assists."""
    done = TABLE.row_of(entry).sentence % _words(entry)
    if entry.act not in HANDOVERS or not entry.facts.get("assisting"):
        return done
    between = "" if language.current() == "zh" else " "
    return between.join((done, _("Assisting: %(units)s.", units=names_of(entry.facts["assisting"]))))


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
        "due": _day(facts.get("due")),
        "until": _day(facts.get("until")),
        "class": str(CLASSES.get(facts.get("class"), "")),
        "channel": str(CHANNELS.get(facts.get("channel"), "")),
        "language": language.LANGUAGES.get(facts.get("language"), ""),
        "serial": facts.get("serial") or "",
        "where": facts.get("where") or "",
        "deputy": _name_of(Person, facts.get("deputy")),
        "former": _name_of(Person, facts.get("former")),
        "units": names_of(facts.get("units")),
        "unit_assisting": _name_of(Unit, facts.get("unit_assisting")),
        "opinion_due": _day(facts.get("opinion_due")),
        "number": facts.get("number") or "",
    }


def _day(written: str | None) -> str:
    return language.date(date.fromisoformat(written)) if written else ""


def names_of(unit_ids: list[int] | None) -> str:
    """Units in a row, with the comma of the reader's language."""
    return _(", ").join(_name_of(Unit, unit_id) for unit_id in unit_ids or [])


def _name_of(kind, row_id: int | None) -> str:
    row = db.session.get(kind, row_id) if row_id else None
    return row.name if row else ""
