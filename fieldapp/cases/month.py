"""The month's table: what came in, was handed over, answered and settled, with
rates as the glossary defines them, numerator and denominator beside each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from fieldapp import answers, language
from fieldapp.access import only
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import Case
from fieldapp.cases.export import WRITERS, workbook
from fieldapp.cases.outcome import Answer, Verdict
from fieldapp.database import db, today
from fieldapp.places.place import Area, Category


@dataclass(frozen=True)
class Fate:
    """What the month needs of one case."""

    village: str
    category: str
    handed_over: bool
    answered: bool
    full: bool
    settled: bool
    solved: bool
    late: bool
    rating: str | None


@dataclass(frozen=True)
class Rate:
    words: str
    part: int
    whole: int

    @property
    def percent(self) -> str:
        return f"{self.part / self.whole:.0%}" if self.whole else "–"


@cases.get("/month")
@only(*WRITERS)
def month():
    first = _first()
    fates = list(_fates(first))
    return answers.answer("cases/month.html", "cases/month.html", **_context(first, fates))


@cases.get("/month/print")
@only(*WRITERS)
def month_print():
    first = _first()
    return render_template("cases/print_month.html", **_context(first, list(_fates(first))))


@cases.get("/month.xlsx")
@only(*WRITERS)
def month_xlsx():
    first = _first()
    head, rows = _by_place(list(_fates(first)))
    return workbook(first.strftime("%Y-%m"), head, rows)


def _context(first: date, fates: list[Fate]) -> dict:
    head, rows = _by_place(fates)
    return {"first": first, "received": len(fates), "rates": rates(fates), "head": head, "rows": rows,
            "earlier": (first - timedelta(days=1)).strftime("%Y-%m"), "month_name": first.strftime("%Y-%m")}


def _first() -> date:
    try:
        return datetime.strptime(request.args.get("m", ""), "%Y-%m").date()
    except ValueError:
        return today().replace(day=1)


def _fates(first: date) -> Iterable[Fate]:
    """The cohort: cases logged in the month, as they stand now."""
    zone = ZoneInfo(current_app.config["TIMEZONE"])
    begin = datetime(first.year, first.month, 1, tzinfo=zone).astimezone(UTC)
    end = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=zone).astimezone(UTC)
    rating = select(Verdict.rating).where(Verdict.answer_id == Case.answer_id).order_by(Verdict.id.desc()).limit(1).scalar_subquery()
    village = Area.__table__.alias("village")
    query = (
        select(village.c.names, Category.names, Case.state, Case.handed_over_at, Case.due, Answer.letter, Answer.at, rating)
        .join(village, village.c.id == Case.village_id).join(Category, Category.id == Case.category_id)
        .outerjoin(Answer, Answer.id == Case.answer_id)
        .where(Case.reach(current_user), Case.logged_at >= begin, Case.logged_at < end)
    )
    for names, category, state, handed, due, letter, at, rated in db.session.execute(query):
        word = language.current()
        yield Fate(
            village=names.get(word) or names["zh"], category=category.get(word) or category["zh"],
            handed_over=handed is not None, answered=letter is not None and handed is not None,
            full=letter in ("A", "D") and handed is not None, settled=state == "settled" and handed is not None,
            solved=letter == "A" and handed is not None,
            late=bool(due and (at.date() > due if at else today() > due)), rating=rated,
        )


def rates(fates: list[Fate]) -> list[Rate]:
    handed = [fate for fate in fates if fate.handed_over]
    rated = [fate for fate in fates if fate.rating]

    def how_many(of, name):
        return sum(getattr(fate, name) for fate in of)

    answered_or_late = [fate for fate in handed if fate.answered or fate.late]
    return [
        Rate(_("Response rate (answered / handed over)"), how_many(handed, "answered"), len(handed)),
        Rate(_("Completion rate (answered in full / handed over)"), how_many(handed, "full"), len(handed)),
        Rate(_("Settled rate (settled / handed over)"), how_many(handed, "settled"), len(handed)),
        Rate(_("Solved rate (class A / handed over)"), how_many(handed, "solved"), len(handed)),
        Rate(_("Satisfaction rate (satisfied and basically satisfied / rated)"), sum(fate.rating != "not_satisfied" for fate in rated), len(rated)),
        Rate(_("On-time rate (answered by the due date / answered or overdue)"), sum(not fate.late for fate in answered_or_late), len(answered_or_late)),
    ]


def _by_place(fates: list[Fate]) -> tuple[list[str], list[list[str]]]:
    head = [_("Place"), _("Came in"), _("Handed over"), _("Answered"), _("Settled"), _("Late")]
    rows = []
    for place in sorted({fate.village for fate in fates}):
        here = [fate for fate in fates if fate.village == place]
        rows.append([place, *(str(n) for n in (
            len(here), sum(f.handed_over for f in here), sum(f.answered for f in here), sum(f.settled for f in here), sum(f.late for f in here),
        ))])
    return head, rows
