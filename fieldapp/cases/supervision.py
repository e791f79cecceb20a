"""Supervised cases: the unit owes a report, whoever presides a reply to it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db, today
from fieldapp.places.calendar import WorkingCalendar

REPORT_WITHIN = 5  # working days, as the form proposes


class Supervision(db.Model):
    """One time that a case was put under supervision: why, until when the unit
    reports, what it reported, what was replied. Over with the reply."""

    __tablename__ = "supervision"
    __table_args__ = (
        CheckConstraint("reason <> ''", "reason"),
        CheckConstraint("(reported_at IS NULL) = (report = '')", "report"),
        CheckConstraint("(replied_at IS NULL) = (reply = '') AND (replied_at IS NULL OR reported_at IS NOT NULL)", "reply"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reason: Mapped[str] = mapped_column(String(1000))
    due: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime)
    report: Mapped[str] = mapped_column(Text, default="")
    # From paper or the telephone: whoever presides wrote it down, the unit reported.
    recorded: Mapped[bool] = mapped_column(default=False)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reported_at: Mapped[datetime | None] = mapped_column(UTCTime)
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replied_at: Mapped[datetime | None] = mapped_column(UTCTime)

    unit = relationship("Unit")

    @property
    def light(self) -> str | None:
        """green or red while the report is owed."""
        return None if self.reported_at else "red" if self.due < today() else "green"


def of(case) -> list[Supervision]:
    return list(db.session.scalars(select(Supervision).where(Supervision.case_id == case.id).order_by(Supervision.id)))


def open_of(case) -> Supervision | None:
    """The one whose report or reply is missing; there is one at most."""
    if not case.supervised:
        return None
    query = select(Supervision).where(Supervision.case_id == case.id, Supervision.replied_at.is_(None))
    return db.session.scalar(query.order_by(Supervision.id.desc()).limit(1))


def owing(case, *conditions):
    """The SQL condition, on the class ``case``, for those that still wait for report or reply."""
    return select(Supervision.id).where(Supervision.case_id == case.id, Supervision.replied_at.is_(None), *conditions).exists()


def usual_day(case) -> date:
    return WorkingCalendar.of(case.township).after(today(), REPORT_WITHIN)
