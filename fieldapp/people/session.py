"""Sessions that can be looked up and revoked; failures that are counted."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db


class Session(db.Model):
    """One signed-in browser. The cookie holds the token, the database its hash."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UTCTime)
    seen_at: Mapped[datetime] = mapped_column(UTCTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCTime)
    # "Chrome, Android": enough for its owner to know it again.
    browser: Mapped[str] = mapped_column(String(40), default="")

    person = relationship("Person")


class Failure(db.Model):
    """One wrong password, second factor or slip code: ``subject`` is a keyed
    hash of the account or address, so the table lists nobody."""

    __tablename__ = "failure"
    __table_args__ = (Index("ix_failure_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCTime)
