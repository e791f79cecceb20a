"""A photo or scan that belongs to a case: received by chunks, stored re-encoded."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db


class Attachment(db.Model):
    """``sha256`` confirms what was sent; ``file`` names what is stored under
    the instance's uploads, re-encoded and without metadata. ``approved``: the
    unit may see it."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("case_id", "sha256"),
        CheckConstraint("purpose IN ('matter', 'answer', 'scan', 'remark')", "purpose"),
        CheckConstraint("verified_at IS NULL OR file IS NOT NULL", "verified"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20), default="matter")
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int]
    type: Mapped[str] = mapped_column(String(40))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved: Mapped[bool] = mapped_column(default=False)
    file: Mapped[str | None] = mapped_column(String(80))
    width: Mapped[int | None]
    height: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UTCTime)
    verified_at: Mapped[datetime | None] = mapped_column(UTCTime)

    case = relationship("Case", back_populates="photos")
    answer = relationship("Answer", back_populates="photos")
