"""A deputy's phone: enrolled once by a code from the office, opened by a PIN."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db, now

# Without use for so long, a phone is enrolled anew.
LIVES = timedelta(days=30)
# Without use for so long, the pages ask for the PIN.
STAYS_OPEN = timedelta(minutes=10)
MOST_WRONG = 5


class Device(db.Model):
    """One browser enrolled for one deputy. The cookie holds the secret, the
    database its hash; ``session`` is the one that the phone has now, ``wrong``
    counts wrong PINs since the last right one."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    # Salt and eight bits, by which the phone tells most wrong PINs without signal.
    salt: Mapped[str] = mapped_column(String(32))
    hint: Mapped[str] = mapped_column(String(2))
    label: Mapped[str] = mapped_column(String(40), default="")
    made_at: Mapped[datetime] = mapped_column(UTCTime)
    seen_at: Mapped[datetime] = mapped_column(UTCTime)
    open_until: Mapped[datetime | None] = mapped_column(UTCTime)
    wrong: Mapped[int] = mapped_column(default=0)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"), unique=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCTime)

    person = relationship("Person")
    session = relationship("Session")

    @property
    def is_enrolled(self) -> bool:
        holds = self.person.active and self.person.role == "deputy"
        return holds and self.revoked_at is None and now() - self.seen_at <= LIVES

    @property
    def is_locked(self) -> bool:
        return self.open_until is None or now() > self.open_until


class Enrolment(db.Model):
    """An open invitation to enrol one phone: goes with its first use."""

    __tablename__ = "enrolment"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    until: Mapped[datetime] = mapped_column(UTCTime)

    person = relationship("Person")
