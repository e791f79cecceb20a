"""What a deputy's phone carries of rounds, and what it reports from them."""

from datetime import date, datetime, timedelta

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from fieldapp import journal
from fieldapp.activities import acts
from fieldapp.activities.forms import ClosingForm, NowForm, StopForm
from fieldapp.activities.round import Round, Stop
from fieldapp.database import day_of, db, today
from fieldapp.language import LANGUAGES

# A record that waited for signal still finds its round's name.
BEFORE, AFTER = timedelta(days=7), timedelta(days=3)


def rounds(deputy) -> list[Round]:
    """The deputy's own rounds of these days: today's first, then the nearest."""
    day = today()
    query = (
        Round.reachable_by(deputy)
        .where(Round.deputies.any(id=deputy.id), Round.day.between(day - BEFORE, day + AFTER))
        .options(selectinload(Round.stops).joinedload(Stop.village))
    )
    return sorted(db.session.scalars(query), key=lambda round: (abs(round.day - day), round.is_over, round.id))


def present(deputy) -> Round | None:
    """The round the deputy is on today."""
    return next((round for round in rounds(deputy) if round.is_today and not round.is_over), None)


def called_off(deputy) -> list[Round]:
    """The deputy's rounds of today and of the days to come that do not take place."""
    return [round for round in rounds(deputy) if round.called_off is not None and not round.is_past]


def carried(deputy) -> list[dict]:
    return [as_carried(round) for round in rounds(deputy)]


def as_carried(round: Round) -> dict:
    here = round.here
    return {
        "code": round.code,
        "name": round.name,
        "names": _in_each_language(round),
        "topic": round.topic,
        "date": round.day.isoformat(),
        "today": round.is_today,
        "closed": round.is_over,
        "called_off": round.called_off,
        "stops": [
            {"id": stop.id, "village": stop.village.code, "place": stop.place, "reached": stop.reached_at is not None}
            for stop in round.stops
        ],
        "here": here.id if here else None,
    }


def _in_each_language(round: Round) -> dict[str, str]:
    names = {}
    for word in LANGUAGES:
        with force_locale(word):
            names[word] = round.name
    return names


class Unfit(Exception):
    """What the phone sent cannot be kept; ``errors`` says why, field by field."""

    def __init__(self, errors: dict[str, str]):
        super().__init__(", ".join(errors))
        self.errors = errors


def start(deputy, given, key: str) -> Round:
    """A round that nobody planned, on the day it began. Raises Unfit."""
    form = _read(NowForm, given, deputy)
    stop = {**form.stop(), "claimed": _claimed(given)}
    return acts.start(deputy, {"topic": form.topic.data or ""}, stop, key, day=_day_of(given))


def come(deputy, given, key: str) -> Round | None:
    """At a stop of the plan, or where the day led. Raises Unfit, acts.Refused."""
    round = meant(deputy, given.get("round", ""))
    if round is None:
        return None
    stop = next((stop for stop in round.stops if str(stop.id) == given.get("stop")), None)
    if stop is None:
        stop = acts.stop_at(round, **_read(StopForm, given, deputy).stop())
    acts.arrive(stop, deputy, claimed=_claimed(given), once=key)
    return round


def end(deputy, given, key: str) -> Round | None:
    """Raises Unfit, acts.Refused."""
    round = meant(deputy, given.get("round", ""))
    return round and acts.close(round, deputy, _read(ClosingForm, given, deputy).heard.data, version=None, once=key)


STEPS = {"started": start, "here": come, "ended": end}


def meant(deputy, name: str) -> Round | None:
    """This deputy's round of that code, or the one that a phone began under that key."""
    name = name.replace("\0", "")[:40]
    begun = journal.done_already(name)
    known = Round.id == acts.of(begun).id if begun and begun.act == "started" and begun.thing.startswith("round:") else Round.code == name
    round = db.session.scalar(Round.reachable_by(deputy).where(known))
    return round if round and round.has(deputy) else None


def code_of(deputy, name: str) -> str | None:
    """What a case of this round bears; None where it is not the deputy's, or does not take place."""
    round = meant(deputy, name)
    return round.code if round and round.called_off is None else None


def _read(kind, given, deputy):
    form = kind(given, meta={"csrf": False}).prepare(deputy.area.township)
    if not form.validate():
        raise Unfit({name: str(errors[0]) for name, errors in form.errors.items()})
    return form


def _claimed(given) -> str | None:
    return given.get("at", "").replace("\0", "")[:40] or None


def _day_of(given) -> date:
    """The day here at the moment that the phone says, within reason; where its clock is wrong, the day it arrives."""
    try:
        said = day_of(datetime.fromisoformat(given.get("at", "")))
    except (ValueError, OverflowError):
        return today()
    return said if today() - BEFORE <= said <= today() else today()


def stop_of(deputy, code: str, stop_id) -> Stop | None:
    """A stop of one of this deputy's rounds."""
    if not isinstance(stop_id, int) or not 0 < stop_id < 2**31:
        return None
    query = select(Stop).join(Stop.round).where(Stop.id == stop_id, Round.code == code, Round.reach(deputy))
    stop = db.session.scalar(query)
    return stop if stop and stop.round.has(deputy) else None


def arrive(deputy, stop: Stop, claimed: str | None) -> Stop:
    """As reported by a phone, however often. Raises acts.Refused."""
    return acts.arrive(stop, deputy, claimed=claimed)
