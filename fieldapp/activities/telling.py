"""A round's timeline as sentences in the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from fieldapp import journal, language
from fieldapp.activities.round import Round
from fieldapp.database import db
from fieldapp.places.place import Area

ACTS = {
    "planned": _l("%(who)s planned the round."),
    "started": _l("%(who)s started the round."),
    "altered": _l("%(who)s changed: %(what)s."),
    "stop_added": _l("%(who)s added a stop: %(village)s."),
    "here": _l("%(who)s reported the station at stop %(stop)s: %(village)s."),
    "closed": _l("%(who)s closed the round. People heard: %(heard)s; cases logged: %(cases)s; answered on the spot: %(on_the_spot)s."),
    "called_off": _l("%(who)s called the round off: %(reason)s"),
}
WHAT = {
    "day": _l("day"),
    "vehicle": _l("vehicle"),
    "topic": _l("topic"),
    "deputies": _l("deputies"),
    "stops": _l("stops"),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    sentence: str
    name: str
    note: str = ""


def lines(round: Round) -> list[Line]:
    """What was done, the latest first."""
    return [Line(entry.at, str(ACTS[entry.act]) % _words(entry), entry.act) for entry in reversed(journal.of(round.thing))]


def _words(entry) -> dict:
    facts = entry.facts
    village = db.session.get(Area, facts["village"]) if "village" in facts else None
    return {
        **facts,
        "reason": language.held(facts.get("reason", "")),
        "who": entry.actor.name,
        "what": _(", ").join(str(WHAT[name]) for name in facts.get("changed", [])),
        "village": village.name if village else "",
    }
