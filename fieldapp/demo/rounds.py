"""The invented township's rounds: planned before its matters come in, held and closed after."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app

from fieldapp import journal
from fieldapp.activities import figures
from fieldapp.activities.acts import next_code
from fieldapp.activities.round import Round, Stop
from fieldapp.database import db, now, today
from fieldapp.demo.township import Township, read

PLANNED_BEFORE = timedelta(days=4)
LATEST = time(18, 30)


class Outing:
    """One round of ``rounds.json``; each act bears the time it would have had."""

    def __init__(self, township: Township, row: dict):
        self.township, self.row = township, row
        self.day = today() + timedelta(days=row["days"])
        self.round = Round(
            code=next_code(self.day),
            day=self.day,
            township_id=township.areas["main"].id,
            vehicle=row["vehicle"],
            topic=row["topic"],
            recorded_by_id=township.people["clerk"].id,
            deputies=[township.people[code] for code in row["deputies"]],
        )

    def plan(self) -> None:
        for position, (village, place, planned, _reached) in enumerate(self.row["stops"], 1):
            at = time.fromisoformat(planned) if planned else None
            stop = Stop(position=position, village_id=self.township.areas[village].id, place=place, planned=at)
            self.round.stops.append(stop)
        db.session.add(self.round)
        db.session.flush()
        facts = {"code": self.round.code, "stops": len(self.round.stops)}
        at = min(now(), self._moment(time(9))) - PLANNED_BEFORE
        journal.record(self.round.thing, "planned", self.township.people["clerk"], facts=facts, at=at)
        self.township.activities |= dict.fromkeys(self.row["matters"], self.round.code)

    def hold(self) -> None:
        deputy = self.round.deputies[0]
        for stop, (*_plan, reached) in zip(self.round.stops, self.row["stops"], strict=True):
            if reached:
                stop.reached_at = min(self._moment(stop.planned or time(11)), now() - timedelta(minutes=40))
                facts = {"stop": stop.position, "village": stop.village_id, "claimed": None}
                journal.record(self.round.thing, "here", deputy, facts=facts, at=stop.reached_at)
                db.session.flush()
        if self.row["heard"] is not None:
            self._close()

    def _close(self) -> None:
        self.round.closed_at, self.round.heard = self._moment(LATEST), self.row["heard"]
        found = figures.of(self.round)
        facts = {"heard": self.round.heard, "cases": found.cases, "on_the_spot": found.on_the_spot}
        journal.record(self.round.thing, "closed", self.township.people["clerk"], facts=facts, at=self.round.closed_at)
        db.session.flush()

    def _moment(self, at: time) -> datetime:
        return datetime.combine(self.day, at, ZoneInfo(current_app.config["TIMEZONE"]))


def planned(township: Township) -> list[Outing]:
    outings = [Outing(township, row) for row in read("rounds")["rounds"]]
    for outing in outings:
        outing.plan()
    return outings
