"""Rounds month by month: the township's one by one, the county's as sums."""

from datetime import date, datetime

from flask import request
from flask_login import current_user
from sqlalchemy.orm import selectinload

from fieldapp import access, answers
from fieldapp.access import only
from fieldapp.activities import figures
from fieldapp.activities.blueprint import activities
from fieldapp.activities.round import Round, Stop
from fieldapp.database import db, today

EARLIEST = 2000


@activities.get("/rounds")
@only("deputy", "clerk", "chair", "county")
def rounds():
    first = asked_for()
    end = following(first)
    month = {"month": first, "earlier": previous(first), "later": end}
    if current_user.role == "county":
        sums = figures.of_townships(current_user.area, first, end)
        return answers.answer("activities/townships.html", "activities/_townships.html", sums=sums, **month)
    rows = _rows(first, end)
    return answers.answer(
        "activities/rounds.html",
        "activities/_rounds.html",
        rows=rows,
        figures=figures.each(rows),
        may_plan=access.may_visit("activities.new"),
        may_start=access.may_visit("activities.start"),
        **month,
    )


def _rows(first: date, end: date) -> list[Round]:
    query = (
        Round.reachable_by(current_user)
        .where(figures.within(first, end))
        .order_by(Round.day.desc(), Round.id.desc())
        .options(selectinload(Round.stops).joinedload(Stop.village), selectinload(Round.deputies))
    )
    return list(db.session.scalars(query))


def asked_for() -> date:
    """The first day of the month in the address; of this one where it is none."""
    try:
        first = datetime.strptime(request.args.get("m", ""), "%Y-%m").date()
    except ValueError:
        return today().replace(day=1)
    return first if EARLIEST <= first.year <= today().year + 1 else today().replace(day=1)


def following(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def previous(first: date) -> date:
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
