"""Assisting units: beside the lead, each with its own question, limit and opinion."""

from calendar import monthrange
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, and_, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db, today
from fieldapp.reading import once_while_reading

# While the lead has the case or its answer is looked at.
DURING = ("handed_over", "accepted", "answered")


class Assistance(db.Model):
    """A unit asked to assist with a case: until when, with what, and its opinion.

    Over (``ended_at``) when it is let go, becomes the lead, or the case is
    handed over without it. The opinion stays; the resident never reads it.
    """

    __tablename__ = "assistance"
    __table_args__ = (
        CheckConstraint("length(text) <= 4000", "text"),
        CheckConstraint("language IS NULL OR language IN ('zh', 'ug', 'en')", "language"),
        CheckConstraint("(opinion_at IS NULL) = (text = '') AND (opinion_at IS NULL) = (author_id IS NULL)", "opinion"),
        Index(
            "uq_assistance_present",
            "case_id",
            "unit_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    asked: Mapped[str] = mapped_column(String(500), default="")
    due: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCTime)
    text: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str | None] = mapped_column(String(2))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opinion_at: Mapped[datetime | None] = mapped_column(UTCTime)

    unit = relationship("Unit")
    author = relationship("Person", foreign_keys=[author_id])

    @property
    def light(self) -> str | None:
        """green, amber (three days left), red; None once the opinion is given."""
        if self.opinion_at:
            return None
        left = (self.due - today()).days
        return "red" if left < 0 else "amber" if left <= 3 else "green"


def latest(start: date) -> date:
    """The last day for an opinion: one month after the unit was asked."""
    year, month = start.year + start.month // 12, start.month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


@once_while_reading
def of(case) -> list[Assistance]:
    """Those assisting now, and whoever gave an opinion before, in order."""
    kept = or_(Assistance.ended_at.is_(None), Assistance.opinion_at.is_not(None))
    return list(db.session.scalars(select(Assistance).where(Assistance.case_id == case.id, kept).order_by(Assistance.id)))


def present(case) -> list[Assistance]:
    return [row for row in of(case) if row.ended_at is None]


def owed_by(case, person) -> Assistance | None:
    """The opinion this officer still has to give on the case."""
    return next((row for row in present(case) if row.opinion_at is None and row.unit_id in person.unit_ids), None)


def reach(case, person):
    """The SQL condition, on the class ``case``, for what the officer's units assist with."""
    rows = select(Assistance.case_id).where(Assistance.unit_id.in_(person.unit_ids), Assistance.ended_at.is_(None))
    return and_(case.state.in_(DURING), case.id.in_(rows))
