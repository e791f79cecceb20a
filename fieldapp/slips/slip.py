"""Books of slips, and the slip that leads to one case."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db


class Book(db.Model):
    """A numbered book of slips, issued to a deputy or a station; ``pool`` marks
    the blank slips for a screen: of the deputy's phone (``device``, where it is
    enrolled), or, ``online``, of the public page of the deputy or station."""

    __tablename__ = "book"
    __table_args__ = (CheckConstraint("(deputy_id IS NULL) <> (station_id IS NULL)", "holder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"), index=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    size: Mapped[int] = mapped_column(default=25)
    pool: Mapped[bool] = mapped_column(default=False)
    online: Mapped[bool] = mapped_column(default=False)
    # Its blanks are given away no more; those given before still arrive.
    retired: Mapped[bool] = mapped_column(default=False)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    issued_at: Mapped[datetime] = mapped_column(UTCTime)

    deputy = relationship("Person")
    station = relationship("Station")
    township = relationship("Area")
    slips = relationship("Slip", back_populates="book", order_by="Slip.number")


class Slip(db.Model):
    """One slip. Its code is derived from a key outside the database; ``lookup``
    is a keyed hash of it. ``issue`` counts re-issues after a loss."""

    __tablename__ = "slip"
    __table_args__ = (UniqueConstraint("book_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    number: Mapped[int]
    issue: Mapped[int] = mapped_column(default=1)
    lookup: Mapped[str] = mapped_column(String(64), unique=True)
    serial: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", use_alter=True), unique=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCTime)

    book = relationship("Book", back_populates="slips")
    case = relationship("Case", back_populates="slip")
