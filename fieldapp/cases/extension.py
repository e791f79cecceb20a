"""Extensions: a unit asks for more time, whoever holds the level decides."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, and_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.cases.case import Case
from fieldapp.cases.clocks import RUNNING
from fieldapp.database import UTCTime, db
from fieldapp.reading import once_while_reading


class Extension(db.Model):
    """One request: until when and why, and what became of it.

    It lapses undecided when the unit answers or no longer has the case.
    """

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("(granted IS NULL) = (decided_at IS NULL)", "decided"),
        CheckConstraint("granted IS NULL OR granted OR answer <> ''", "why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(1000))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCTime)
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCTime)

    unit = relationship("Unit")


def asked():
    """The SQL condition: a request of the unit that has the case waits for its answer."""
    waiting = select(Extension.id).where(
        Extension.case_id == Case.id,
        Extension.granted.is_(None),
        Extension.unit_id == Case.unit_id,
        Extension.asked_at >= Case.handed_over_at,
    )
    undecided = select(Extension.case_id).where(Extension.granted.is_(None))
    return and_(Case.state.in_(RUNNING), Case.id.in_(undecided), waiting.exists())


@once_while_reading
def last_of(case) -> Extension | None:
    """The last request since this handover."""
    if case.unit_id is None or case.handed_over_at is None:
        return None
    query = select(Extension).where(
        Extension.case_id == case.id, Extension.unit_id == case.unit_id, Extension.asked_at >= case.handed_over_at
    )
    return db.session.scalar(query.order_by(Extension.id.desc()).limit(1))


def open_of(case) -> Extension | None:
    """The one request that waits for an answer."""
    last = last_of(case) if case.state in RUNNING else None
    return last if last is not None and last.granted is None else None
