"""A round of the mobile station: a day, its stops in order, its deputies."""

import re
from datetime import date, datetime, time

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp import language
from fieldapp.activities import topics
from fieldapp.database import UTCTime, db, today
from fieldapp.places.place import Area

OFFERED = 40
CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)")

round_deputy = Table(
    "round_deputy",
    db.Model.metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True, index=True),
)


class Round(db.Model):
    """One outing. ``heard`` is entered once, at closing; what was logged on it
    is counted from the cases that bear its code."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (heard IS NULL)", "closed"),
        CheckConstraint("heard BETWEEN 0 AND 9999", "heard"),
        UniqueConstraint("township_id", "day", "vehicle"),
        Index("ix_round_township_day", "township_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    day: Mapped[date]
    township_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    # None where the deputies came without one.
    vehicle: Mapped[str | None] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(200), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UTCTime)
    heard: Mapped[int | None]
    # Why it does not take place; None where it does.
    called_off: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)

    township = relationship("Area")
    recorded_by = relationship("Person")
    deputies = relationship("Person", secondary=round_deputy, order_by="Person.id")
    stops = relationship("Stop", back_populates="round", order_by="Stop.position", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def thing(self) -> str:
        """The name of this round in the timeline."""
        return f"round:{self.id}"

    @property
    def name(self) -> str:
        """Month and day, as the station speaks of its rounds."""
        return _("Round %(date)s", date=f"\u2066{self.day:%m-%d}\u2069")

    @property
    def about(self) -> str:
        """The topic as its reader says it."""
        return topics.read(self.topic)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_over(self) -> bool:
        """Closed, or called off: nothing is done on it any more."""
        return self.is_closed or self.called_off is not None

    @property
    def why(self) -> str:
        """Why it does not take place, held together inside a sentence of another script."""
        return language.held(self.called_off or "")

    @property
    def may_be_called_off(self) -> bool:
        """Not once the station has stood somewhere: then it is closed."""
        return not self.is_over and self.here is None

    @property
    def is_today(self) -> bool:
        return self.day == today()

    @property
    def is_past(self) -> bool:
        return self.day < today()

    @property
    def here(self) -> "Stop | None":
        """Where the station stands: the stop it reached last."""
        reached = [stop for stop in self.stops if stop.reached_at]
        return max(reached, key=lambda stop: (stop.reached_at, stop.position)) if reached else None

    def has(self, person) -> bool:
        return person.id in {deputy.id for deputy in self.deputies}

    @staticmethod
    def reach(person):
        """The SQL condition for the rounds that exist for this person."""
        if person.role in ("deputy", "clerk", "chair"):
            return Round.township_id == person.area.township.id
        return false()

    @classmethod
    def reachable_by(cls, person):
        return select(cls).where(cls.reach(person))


class Stop(db.Model):
    """A village or a place in it. ``reached_at``: the one tap "I am here now",
    when it reached the station; ``claimed`` is what the phone's clock said."""

    __tablename__ = "stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    position: Mapped[int]
    village_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    place: Mapped[str] = mapped_column(String(80), default="")
    planned: Mapped[time | None]
    reached_at: Mapped[datetime | None] = mapped_column(UTCTime)
    claimed: Mapped[str | None] = mapped_column(String(40))

    round = relationship("Round", back_populates="stops")
    village = relationship("Area")

    @property
    def name(self) -> str:
        return f"{self.village.name} · {self.place}" if self.place else self.village.name

    @property
    def by_the_phone(self) -> str | None:
        """Hours and minutes of the phone's clock: a claim, never used."""
        found = CLOCK.match(self.claimed or "")
        return found[1] if found else None


def find(township: Area, code: str) -> Round | None:
    return db.session.scalar(select(Round).where(Round.township_id == township.id, Round.code == code))


def latest(township: Area) -> list[tuple[str, str]]:
    """Code and name of the rounds that have begun, the newest first."""
    query = (
        select(Round)
        .where(Round.township_id == township.id, Round.day <= today(), Round.called_off.is_(None))
        .order_by(Round.day.desc(), Round.id.desc())
    )
    return [(row.code, f"{row.name} · {row.about}" if row.topic else row.name) for row in db.session.scalars(query.limit(OFFERED))]


def named(code: str) -> str:
    row = db.session.scalar(select(Round).where(Round.code == code))
    return row.name if row else code
