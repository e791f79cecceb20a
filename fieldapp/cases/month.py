"""The month's table: what came in, was handed over, answered and settled, with
rates as the glossary defines them, numerator and denominator beside each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from fieldapp import answers, language
from fieldapp.access import only
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import Case
from fieldapp.cases.clocks import RUNNING
from fieldapp.cases.export import WRITERS, workbook
from fieldapp.cases.outcome import Answer, Handover, Verdict
from fieldapp.database import day_of, db, today
from fieldapp.places.place import Area, Category


@dataclass(frozen=True)
class Fate:
    """What the month needs of one case: place and category by their order and name, and what became of it."""

    village: tuple[str, str]
    category: tuple[int, str]
    received: bool
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
    fates = list(_fates(first))
    (head, rows), (about, more) = tables(fates)
    figures = [[str(rate.words), str(rate.part), str(rate.whole), rate.percent] for rate in rates(fates)]
    return workbook(first.strftime("%Y-%m"), head, [*rows, [], about, *more, [], *figures])


def _context(first: date, fates: list[Fate]) -> dict:
    return {
        "first": first,
        "received": sum(fate.received for fate in fates),
        "rates": rates(fates),
        "tables": tables(fates) if fates else [],
        "earlier": (first - timedelta(days=1)).strftime("%Y-%m"),
        "later": later.strftime("%Y-%m") if (later := (first + timedelta(days=32)).replace(day=1)) <= today() else "",
        "month_name": first.strftime("%Y-%m"),
    }


def _first() -> date:
    """The first day of the month asked for; of this one where it is no month to have figures of."""
    try:
        first = datetime.strptime(request.args.get("m", ""), "%Y-%m").date()
    except ValueError:
        return today().replace(day=1)
    return first if 2000 <= first.year <= today().year else today().replace(day=1)


def _fates(first: date) -> Iterable[Fate]:
    """What came in, and the cohort: cases first handed over in the month, as they stand now."""
    begin, end = _bounds(first)
    first_time = select(Handover.case_id).group_by(Handover.case_id).having(func.min(Handover.at).between(begin, end))
    came_in, cohort = and_(Case.logged_at >= begin, Case.logged_at < end), Case.id.in_(first_time)
    # A merged case fares as the one it joined; its resident's rating is its own.
    joint = aliased(Case)
    own_word = and_(Verdict.answer_id == Answer.id, Verdict.case_id == Case.id)
    rating = select(Verdict.rating).where(own_word).order_by(Verdict.id.desc()).limit(1).scalar_subquery()
    village = Area.__table__.alias("village")
    query = (
        select(
            village.c.code,
            village.c.names,
            Category.position,
            Category.names,
            came_in,
            cohort,
            joint.state,
            joint.due,
            Answer.letter,
            Answer.at,
            rating,
        )
        .join(village, village.c.id == Case.village_id)
        .join(Category, Category.id == Case.category_id)
        .join(joint, joint.id == func.coalesce(Case.joined_id, Case.id))
        .outerjoin(Answer, Answer.id == joint.answer_id)
        .where(Case.reach(current_user), or_(came_in, cohort))
    )
    word = language.current()
    for code, names, position, category, received, handed, state, due, letter, at, rated in db.session.execute(query):
        yield Fate(
            village=(code, names.get(word) or names["zh"]),
            category=(position, category.get(word) or category["zh"]),
            received=bool(received),
            handed_over=bool(handed),
            answered=bool(handed and letter),
            full=bool(handed and letter in ("A", "D")),
            settled=bool(handed and state == "settled"),
            solved=bool(handed and letter == "A"),
            late=bool(handed and due and (day_of(at) if at else today()) > due and (at or state in RUNNING)),
            rating=rated if handed else None,
        )


def _bounds(first: date) -> tuple[datetime, datetime]:
    """The month where the site stands: its first moment and its last."""
    zone = ZoneInfo(current_app.config["TIMEZONE"])
    begin = datetime(first.year, first.month, 1, tzinfo=zone)
    end = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=zone)
    return begin.astimezone(UTC), end.astimezone(UTC) - timedelta(microseconds=1)


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
        Rate(
            _("Satisfaction rate (satisfied and basically satisfied / rated)"),
            sum(fate.rating != "not_satisfied" for fate in rated),
            len(rated),
        ),
        Rate(
            _("On-time rate (answered by the due date / answered or overdue)"),
            sum(not fate.late for fate in answered_or_late),
            len(answered_or_late),
        ),
    ]


def by(fates: list[Fate], name: str, words: str) -> tuple[list[str], list[list[str]]]:
    """Headings and rows by "village" or "category"; figures are text, as they are written out."""
    head = [words, _("Came in"), _("Handed over"), _("Answered"), _("Settled"), _("Late")]
    groups: dict[tuple, list[Fate]] = {}
    for fate in fates:
        groups.setdefault(getattr(fate, name), []).append(fate)
    counted = ("received", "handed_over", "answered", "settled", "late")
    return head, [
        [named, *(str(sum(getattr(fate, fact) for fate in here)) for fact in counted)] for (_at, named), here in sorted(groups.items())
    ]


def tables(fates: list[Fate]) -> list[tuple[list[str], list[list[str]]]]:
    return [by(fates, "village", _("Place")), by(fates, "category", _("What it is about"))]
