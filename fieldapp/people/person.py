"""A person who signs in, what they are, and for which units they work."""

from datetime import date

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.access import ROLES
from fieldapp.database import Named, db


class Person(Named, UserMixin, db.Model):
    """Staff of the house: a deputy, clerk, chair, unit officer, county
    supervisor or administrator. Residents are never persons here."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(f"role IN {tuple(ROLES)}", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(80), unique=True)
    names: Mapped[dict] = mapped_column(JSON)
    role: Mapped[str] = mapped_column(String(20))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    phone: Mapped[str] = mapped_column(String(40), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    # Given by an administrator, to be replaced at the first sign-in.
    password_given: Mapped[bool] = mapped_column(default=False)
    totp_sealed: Mapped[str | None] = mapped_column(String(400))
    active: Mapped[bool] = mapped_column(default=True)

    area = relationship("Area")
    memberships = relationship("Membership", back_populates="person", cascade="all, delete-orphan")
    mandates = relationship("Mandate", back_populates="person", foreign_keys="Mandate.person_id")

    # The session's token while signed in: what Flask-Login keeps in the cookie.
    token = None
    # The enrolled phone that it belongs to, if any.
    device = None

    def get_id(self) -> str | None:
        return self.token

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def unit_ids(self) -> set[int]:
        return {membership.unit_id for membership in self.memberships}

    @property
    def headed_ids(self) -> set[int]:
        """The units that this person heads."""
        return {membership.unit_id for membership in self.memberships if membership.head}

    def works_for(self, unit_id: int | None) -> bool:
        return unit_id in self.unit_ids


class Membership(db.Model):
    """A person works for a unit: an officer's desk, or a deputy's conflict of
    interest. ``head``: at most one of a unit answers for it."""

    __tablename__ = "membership"
    __table_args__ = (Index("uq_membership_head", "unit_id", unique=True, sqlite_where=text("head"), postgresql_where=text("head")),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    head: Mapped[bool] = mapped_column(default=False)

    person = relationship("Person", back_populates="memberships")
    unit = relationship("Unit", back_populates="memberships")


class Mandate(db.Model):
    """A deputy's seat: congress, constituency, term."""

    __tablename__ = "mandate"
    __table_args__ = (CheckConstraint("ends IS NULL OR ends > begins", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    constituency: Mapped[str] = mapped_column(String(80), default="")
    begins: Mapped[date]
    ends: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person = relationship("Person", back_populates="mandates", foreign_keys=[person_id])
    congress = relationship("Area")
    successor = relationship("Person", foreign_keys=[successor_id])
