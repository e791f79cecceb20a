"""A deputy's suggestion (代表建议、批评和意见) and what it receives on its way.

Deputies Law 2025, articles 51 and 52: the body that handles it talks with the
deputy, replies within three months, within six where it is broad or hard; the
handling report is public.
"""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.cases.outcome import CLASSES, RATINGS
from fieldapp.database import UTCTime, db

STATES = {
    "draft": _l("Draft"),
    "submitted": _l("Submitted"),
    "handed_over": _l("Handed over"),
    "replied": _l("Replied"),
    "closed": _l("Closed"),
    "withdrawn": _l("Withdrawn"),
}


class Suggestion(db.Model):
    """Its state is changed by a move alone (moves.py)."""

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint(f"state IN {tuple(STATES)}", "state"),
        CheckConstraint("length(title) BETWEEN 1 AND 100", "title"),
        CheckConstraint("length(text) BETWEEN 1 AND 4000", "text"),
        CheckConstraint("state <> 'handed_over' OR (unit_id IS NOT NULL AND due IS NOT NULL)", "handed_over"),
        CheckConstraint("state NOT IN ('replied', 'closed') OR reply_id IS NOT NULL", "replied"),
        UniqueConstraint("year", "sequence"),
        Index("ix_suggestion_area_state", "area_id", "state", "due"),
        Index("ix_suggestion_unit", "unit_id", "state", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    sequence: Mapped[int]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="draft")
    title: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(UTCTime)
    submitted_on: Mapped[date | None]

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    handed_over_on: Mapped[date | None]
    due: Mapped[date | None]
    # Why it has six months instead of three; empty where it has three.
    hard: Mapped[str] = mapped_column(String(500), default="")
    talked_on: Mapped[date | None]
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion_reply.id", use_alter=True))
    # How often a sponsor who was not satisfied sent it back.
    again: Mapped[int] = mapped_column(default=0)
    # Why the handling report is not public; empty where it is.
    withheld: Mapped[str] = mapped_column(String(500), default="")
    closed_on: Mapped[date | None]

    head: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    area = relationship("Area")
    lead = relationship("Person")
    unit = relationship("Unit")
    reply = relationship("Reply", foreign_keys=[reply_id], viewonly=True)
    replies = relationship("Reply", foreign_keys="Reply.suggestion_id", back_populates="suggestion", order_by="Reply.id")
    sponsors = relationship("Sponsor", back_populates="suggestion", order_by="Sponsor.position")
    cases = relationship("Case", secondary="suggestion_case", order_by="Case.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def thing(self) -> str:
        """The name of this suggestion in the timeline."""
        return f"suggestion:{self.id}"

    def mark(self, person) -> str:
        """What a form carries of the suggestion as it was seen: all its acts are open to all it exists for."""
        return str(self.version)

    @property
    def number(self) -> str:
        """``2026-S007``: never a case's number."""
        return f"{self.year}-S{self.sequence:03d}"

    @property
    def state_name(self):
        return STATES[self.state]

    @property
    def signed(self) -> list["Sponsor"]:
        """The lead sponsor and the co-signers who have signed."""
        return [sponsor for sponsor in self.sponsors if sponsor.signed_on]

    def sponsor(self, person) -> "Sponsor | None":
        return next((sponsor for sponsor in self.sponsors if sponsor.person_id == person.id), None)

    @staticmethod
    def numbered(number: str):
        """The SQL condition for one number; matches nothing where it is none."""
        year, _, sequence = number.partition("-S")
        if not (year.isascii() and year.isdigit() and sequence.isascii() and sequence.isdigit() and len(number) < 20):
            return false()
        return (Suggestion.year == int(year)) & (Suggestion.sequence == int(sequence))

    @staticmethod
    def reach(person):
        """The SQL condition for the suggestions that exist for this person: a draft
        for its sponsors and those asked to sign it, the others for the congress too."""
        began = Suggestion.state.not_in(("draft", "withdrawn"))
        match person.role:
            case "deputy":
                mine = select(Sponsor.suggestion_id).where(Sponsor.person_id == person.id)
                return or_(Suggestion.lead_id == person.id, Suggestion.id.in_(mine))
            case "clerk" | "chair" | "county":
                return (Suggestion.area_id == person.area_id) & began
            case "unit":
                return Suggestion.unit_id.in_(person.unit_ids) & began
        return false()

    @classmethod
    def reachable_by(cls, person):
        return select(cls).where(cls.reach(person))


class FromCase(db.Model):
    """A case that a suggestion grew from."""

    __tablename__ = "suggestion_case"

    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)


class Sponsor(db.Model):
    """A deputy who leads or co-signs. ``signed_on`` None: asked, not signed yet."""

    __tablename__ = "suggestion_sponsor"

    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    position: Mapped[int]
    signed_on: Mapped[date | None]

    suggestion = relationship("Suggestion", back_populates="sponsors")
    person = relationship("Person")


class Reply(db.Model):
    """A unit's letter of reply. ``talked_on``: when it talked with the lead
    sponsor first; None with the reason in ``untalked``."""

    __tablename__ = "suggestion_reply"
    __table_args__ = (
        CheckConstraint("class IN ('A', 'B', 'C', 'D')", "class"),
        CheckConstraint("class NOT IN ('B', 'C') OR promised IS NOT NULL", "promised"),
        CheckConstraint("talked_on IS NOT NULL OR untalked <> ''", "talk"),
        CheckConstraint("length(text) BETWEEN 1 AND 4000", "text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # From paper: the chair wrote it down, the unit replied.
    recorded: Mapped[bool] = mapped_column(default=False)
    letter: Mapped[str] = mapped_column("class", String(1))
    promised: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    talked_on: Mapped[date | None]
    untalked: Mapped[str] = mapped_column(String(500), default="")
    on: Mapped[date]

    suggestion = relationship("Suggestion", back_populates="replies", foreign_keys=[suggestion_id])
    unit = relationship("Unit")
    opinions = relationship("Opinion", back_populates="reply", order_by="Opinion.id")

    @property
    def class_name(self):
        return CLASSES[self.letter]

    def opinion_of(self, person) -> "Opinion | None":
        return next((opinion for opinion in self.opinions if opinion.person_id == person.id), None)


class Opinion(db.Model):
    """What a sponsor says of a reply (征询意见表)."""

    __tablename__ = "suggestion_opinion"
    __table_args__ = (UniqueConstraint("reply_id", "person_id"), CheckConstraint(f"rating IN {tuple(RATINGS)}", "rating"))

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("suggestion_reply.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rating: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(1000), default="")
    on: Mapped[date]

    reply = relationship("Reply", back_populates="opinions")
    person = relationship("Person")
