"""What a deputy's phone carries of rounds, and what it reports from them."""

from datetime import timedelta

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from fieldapp.activities import acts
from fieldapp.activities.round import Round, Stop
from fieldapp.database import db, today
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
    return [_as_carried(round) for round in rounds(deputy)]


def _as_carried(round: Round) -> dict:
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
