"""A deputy's own cases as the phone lists them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g, request
from flask_babel import gettext as _
from sqlalchemy.orm import selectinload

from fieldapp import language
from fieldapp.cases.case import Case
from fieldapp.database import db, now

SHOWN = 60
VISIT = timedelta(minutes=30)


@dataclass(frozen=True)
class Mine:
    """One row: the case, the resident's sentence, what is new, the receipts."""

    case: Case
    reads: str
    news: bool
    photos: int
    verified: int

    @property
    def answered(self) -> str:
        """When the latest answer came that was not the deputy's own; the phone
        compares it with what it knew."""
        answer = self.case.answer
        return answer.at.isoformat() if answer and not answer.on_the_spot else ""

    @property
    def seen(self) -> bool:
        return self.case.seen_at is not None or self.case.handed_over_at is not None


def mine(deputy, since: datetime | None = None) -> list[Mine]:
    """The deputy's latest cases; what was answered since then comes first."""
    query = (
        Case.reachable_by(deputy)
        .order_by(Case.id.desc())
        .limit(SHOWN)
        .options(selectinload(Case.photos), selectinload(Case.category), selectinload(Case.village), selectinload(Case.unit))
    )
    rows = [_row(case, since) for case in db.session.scalars(query)]
    return sorted(rows, key=lambda row: not row.news)


def _row(case, since: datetime | None) -> Mine:
    photos = [photo for photo in case.photos if photo.purpose == "matter"]
    answer = case.joint.answer
    news = bool(since and answer and not answer.on_the_spot and answer.at > since)
    return Mine(case, reads(case), news, len(photos), sum(photo.verified_at is not None for photo in photos))


def reads(case) -> str:
    """What the resident is told of the state, in one sentence."""
    unit = case.unit.name if case.unit else ""
    return {
        "logged": lambda: _("Your matter is on record."),
        "confirmed": lambda: _("Your deputy has taken it up."),
        "handed_over": lambda: _("With %(unit)s until %(date)s.", unit=unit, date=language.date(case.due)),
        "accepted": lambda: _("%(unit)s is working on it.", unit=unit),
        "answered": lambda: _("The answer is here. Is it solved?"),
        "settled": lambda: _("Closed on %(date)s.", date=language.day(case.ended_at)),
        "guided": lambda: _("You were told where to go: %(where)s.", where=case.guided_to),
        "withdrawn": lambda: _("It was withdrawn."),
        "merged": lambda: _("It is handled together with another matter."),
    }[case.state]()


def last_visit(deputy) -> datetime | None:
    """When this deputy's last visit with this browser ended, where no script
    remembers it; the present one has half an hour. The server keeps nothing."""
    g.visit = (deputy.id, now(), now())
    try:
        person, *times = request.cookies.get("visit", "").split("|")
        last, present = (datetime.fromisoformat(word) for word in times)
    except ValueError:
        return None
    if person != str(deputy.id):
        return None
    if now() - present > VISIT:
        last = present
    g.visit = (deputy.id, last, now())
    return last


def remember_visit(response):
    if visit := g.get("visit"):
        response.set_cookie(
            "visit",
            "|".join([str(visit[0]), *(time.isoformat() for time in visit[1:])]),
            path="/field",
            max_age=90 * 86400,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return response
