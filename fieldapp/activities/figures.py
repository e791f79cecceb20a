"""What a round brought: people heard as entered, everything else counted from cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from fieldapp.activities.round import Round
from fieldapp.cases.case import Case
from fieldapp.cases.outcome import Answer
from fieldapp.database import db
from fieldapp.places.place import Area


@dataclass(frozen=True)
class Figures:
    """``heard`` is None until the round is closed."""

    heard: int | None
    cases: int
    on_the_spot: int


@dataclass(frozen=True)
class Sum:
    """A township's month: how many rounds, how many of them closed, what they brought."""

    township: Area
    rounds: int
    closed: int
    heard: int
    cases: int
    on_the_spot: int


def of(round: Round) -> Figures:
    return each([round])[round.code]


def each(rounds: Iterable[Round]) -> dict[str, Figures]:
    """Code → figures, in two queries. A phone that found no signal adds to them later."""
    rounds = list(rounds)
    codes = [round.code for round in rounds]
    cases = _counted(select(Case.activity, func.count()).where(Case.activity.in_(codes)))
    spot = _counted(
        select(Case.activity, func.count(Case.id.distinct()))
        .join(Answer, Answer.case_id == Case.id)
        .where(Case.activity.in_(codes), Answer.on_the_spot)
    )
    return {round.code: Figures(round.heard, cases.get(round.code, 0), spot.get(round.code, 0)) for round in rounds}


def _counted(query) -> dict[str, int]:
    return dict(db.session.execute(query.group_by(Case.activity)).all())  # type: ignore[arg-type]


def within(first: date, end: date):
    """The SQL condition for a month: from ``first``, before ``end``."""
    return (Round.day >= first) & (Round.day < end)


def of_townships(county: Area, first: date, end: date) -> list[Sum]:
    """One line for each township, in the order of the map: no ranking, no names."""
    townships = db.session.scalars(select(Area).where(Area.parent_id == county.id, Area.kind == "township").order_by(Area.id))
    return [_sum(township, first, end) for township in townships]


def _sum(township: Area, first: date, end: date) -> Sum:
    rounds = list(db.session.scalars(select(Round).where(Round.township_id == township.id, within(first, end))))
    found = each(rounds).values()
    return Sum(
        township,
        rounds=len(rounds),
        closed=sum(round.is_closed for round in rounds),
        heard=sum(one.heard or 0 for one in found),
        cases=sum(one.cases for one in found),
        on_the_spot=sum(one.on_the_spot for one in found),
    )
