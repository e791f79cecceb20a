"""What is done to a round: each act one entry of its timeline, one transaction."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from fieldapp import journal, language
from fieldapp.activities import figures
from fieldapp.activities.round import Round, Stop
from fieldapp.database import db, now, today
from fieldapp.series import next_in


class Refused(Exception):
    """Nothing was changed; ``sentence`` says why and what is possible now."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def plan(actor, given: dict, stops: list[dict], once: str | None) -> Round:
    """A round for a day to come, by the office."""
    return _begin("planned", actor, given, stops, once)


def start(deputy, given: dict, stop: dict, once: str | None, day: date | None = None) -> Round:
    """A round now, by a deputy who stands at its first stop; ``day``: when it
    began, where that comes to be known later."""
    given = {**given, "day": day or today(), "deputies": [deputy]}
    return _begin("started", deputy, given, [{**stop, "reached_at": now()}], once)


def _begin(act: str, actor, given: dict, stops: list[dict], once: str | None) -> Round:
    if earlier := journal.done_already(once):
        return of(earlier)
    round = Round(**given, code=next_code(given["day"]), township_id=actor.area.township.id, recorded_by_id=actor.id)
    round.stops = [Stop(**stop, position=n) for n, stop in enumerate(stops, 1)]
    db.session.add(round)
    db.session.flush()
    journal.record(round.thing, act, actor, facts={"code": round.code, "stops": len(stops)}, once=once)
    return _kept(round, once)


def next_code(day: date) -> str:
    """``R2026-014``: unique in the whole database, as the numbers of cases are."""
    return f"R{day.year}-{next_in(f'R{day.year}'):03d}"


def alter(round: Round, actor, given: dict, stops: list[dict], *, version: int | None, once: str | None) -> Round:
    """``stops`` are those still to be reached, in order; with ``id`` where known."""
    if journal.done_already(once):
        return round
    _open(round)
    _unchanged(round, version)
    changed = [name for name, value in given.items() if getattr(round, name) != value]
    for name in changed:
        setattr(round, name, given[name])
    if _place(round, stops):
        changed.append("stops")
    if changed:
        flag_modified(round, "day")
        journal.record(round.thing, "altered", actor, facts={"changed": sorted(changed)}, once=once)
    return _kept(round, once)


def _place(round: Round, wanted: list[dict]) -> bool:
    """Puts the stops in order behind those reached already; whether that changed anything."""
    before = [(stop.id, stop.village_id, stop.place, stop.planned) for stop in round.stops]
    reached = [stop for stop in round.stops if stop.reached_at]
    known = {stop.id: stop for stop in round.stops if not stop.reached_at}
    rest = []
    for row in wanted:
        stop = known.pop(row["id"], None) or Stop(position=0)
        stop.village_id, stop.place, stop.planned = row["village_id"], row["place"], row["planned"]
        rest.append(stop)
    round.stops = [*reached, *rest]
    for position, stop in enumerate(round.stops, 1):
        stop.position = position
    return before != [(stop.id, stop.village_id, stop.place, stop.planned) for stop in round.stops]


def go_on(round: Round, actor, stop: dict, once: str | None) -> Round:
    """One more stop at the end, as the day brings it."""
    if journal.done_already(once):
        return round
    _open(round)
    round.stops.append(Stop(**stop, position=len(round.stops) + 1))
    flag_modified(round, "day")
    journal.record(round.thing, "stop_added", actor, facts={"village": stop["village_id"]}, once=once)
    return _kept(round, once)


def stop_at(round: Round, village_id: int, place: str) -> Stop:
    """The stop of the round at this place, or one more at its end; the caller arrives there."""
    known = next((stop for stop in round.stops if (stop.village_id, stop.place) == (village_id, place)), None)
    if known is None:
        known = Stop(village_id=village_id, place=place, position=len(round.stops) + 1)
        round.stops.append(known)
    return known


def arrive(stop: Stop, actor, *, claimed: str | None = None, once: str | None = None) -> Stop:
    """ "I am here now": once for a stop; said again, the first time stands."""
    round = stop.round
    if stop.reached_at or journal.done_already(once):
        return stop
    _open(round)
    if round.day > today():
        raise Refused(_("This round is on %(day)s. Nothing was changed.", day=language.date(round.day)))
    stop.reached_at, stop.claimed = now(), claimed
    flag_modified(round, "day")
    journal.record(round.thing, "here", actor, facts={"stop": stop.position, "village": stop.village_id, "claimed": claimed}, once=once)
    _kept(round, once)
    return stop


def close(round: Round, actor, heard: int, *, version: int | None, once: str | None) -> Round:
    """The round is over; its figures stand beside it."""
    if journal.done_already(once):
        return round
    _open(round)
    _unchanged(round, version)
    if round.day > today():
        raise Refused(_("This round is on %(day)s. Nothing was changed.", day=language.date(round.day)))
    round.closed_at, round.heard = now(), heard
    found = figures.of(round)
    journal.record(round.thing, "closed", actor, facts={"heard": heard, "cases": found.cases, "on_the_spot": found.on_the_spot}, once=once)
    return _kept(round, once)


def call_off(round: Round, actor, reason: str, *, version: int | None, once: str | None) -> Round:
    """The round does not take place; its vehicle is free again."""
    if journal.done_already(once):
        return round
    _open(round)
    _unchanged(round, version)
    if not round.may_be_called_off:
        raise Refused(_("The station has stood at a stop of this round already. Please close the round instead. Nothing was changed."))
    facts = {"reason": reason, "vehicle": round.vehicle}
    round.called_off, round.vehicle = reason, None
    journal.record(round.thing, "called_off", actor, facts=facts, once=once)
    return _kept(round, once)


def of(entry) -> Round:
    return db.session.get_one(Round, int(entry.thing.removeprefix("round:")))


def _open(round: Round) -> None:
    if round.called_off is not None:
        raise Refused(_("This round was called off: %(reason)s Nothing was changed.", reason=_as_sentence(round.called_off)))
    if round.closed_at:
        raise Refused(_("This round was closed on %(day)s. Its figures stand; nothing was changed.", day=language.day(round.closed_at)))


def _as_sentence(words: str) -> str:
    return words if words[-1:] in ".!?。！？؟" else f"{words}."


def _unchanged(round: Round, version: int | None) -> None:
    if version is not None and version != round.version:
        raise Refused(_changed_meanwhile(round))


def _changed_meanwhile(round: Round) -> str:
    entry = journal.of(round.thing)[-1]
    return _(
        "%(who)s changed the round while you were writing. What you typed is kept; look at the round, then send it again.",
        who=entry.actor.name,
    )


def _kept(round: Round, once: str | None) -> Round:
    """Commits; of two at once one wins, and the other is told."""
    try:
        db.session.commit()
    except (StaleDataError, IntegrityError) as error:
        db.session.rollback()
        if earlier := journal.done_already(once):
            return of(earlier)
        raise Refused(_("Somebody else changed the rounds at the same moment. Nothing was lost; please send it again.")) from error
    return round
