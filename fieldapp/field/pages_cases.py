"""A deputy's own cases as the phone lists them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g, request
from sqlalchemy.orm import selectinload

from fieldapp.cases import phrases
from fieldapp.cases.case import Case
from fieldapp.cases.outcome import Answer
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
    def asks(self) -> bool:
        """Sent by a resident or entered at the desk: a deputy takes it up."""
        return self.case.state == "logged"

    @property
    def seen(self) -> bool:
        return self.case.seen_at is not None or self.case.handed_over_at is not None


def mine(deputy, since: datetime | None = None) -> list[Mine]:
    """The deputy's latest cases; first what was answered since then, then what
    others sent and nobody has taken up."""
    query = (
        Case.reachable_by(deputy)
        .order_by(Case.id.desc())
        .limit(SHOWN)
        .options(*map(selectinload, (Case.photos, Case.category, Case.village, Case.unit)))
        .options(selectinload(Case.answers).selectinload(Answer.wordings))
    )
    rows = [_row(case, since) for case in db.session.scalars(query)]
    return sorted(rows, key=lambda row: (not row.news, not row.asks))


def _row(case, since: datetime | None) -> Mine:
    photos = [photo for photo in case.photos if photo.purpose == "matter"]
    answer = case.joint.answer
    news = bool(since and answer and not answer.on_the_spot and answer.at > since)
    return Mine(case, reads(case), news, len(photos), sum(photo.verified_at is not None for photo in photos))


def reads(case) -> str:
    """What stands large on the resident's page, word for word."""
    return " ".join(filter(None, (phrases.standing(case.joint), phrases.deadline(case.joint))))


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
