"""What a case receives on its way: answers, inspections, feedback, verdicts."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db, now

CLASSES = {
    "A": _l("Solved"),
    "B": _l("Under way"),
    "C": _l("Planned"),
    "D": _l("Cannot be done, because …"),
}
PROMISES = ("B", "C")
CHANNELS = {
    "page": _l("The resident opened the slip's page"),
    "call": _l("By telephone"),
    "visit": _l("In person"),
    "print": _l("With a printed answer"),
    "impossible": _l("It was not possible"),
}
RATINGS = {
    "satisfied": _l("Satisfied"),
    "basically": _l("Basically satisfied"),
    "not_satisfied": _l("Not satisfied"),
}


class Answer(db.Model):
    """A unit's answer, or a deputy's on the spot (then without a unit).

    ``visible_at``: when the resident may read it, by itself after two working
    days, at once where deputy or desk lets it through.
    """

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("class IN ('A', 'B', 'C', 'D')", "class"),
        CheckConstraint("class NOT IN ('B', 'C') OR promised IS NOT NULL", "promised"),
        CheckConstraint("language IN ('zh', 'ug', 'en')", "language"),
        CheckConstraint("length(text) BETWEEN 1 AND 4000", "text"),
        CheckConstraint("unit_id IS NOT NULL OR on_the_spot", "unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # From paper or the telephone: the chair wrote it down, the unit answered.
    recorded: Mapped[bool] = mapped_column(default=False)
    on_the_spot: Mapped[bool] = mapped_column(default=False)
    letter: Mapped[str] = mapped_column("class", String(1))
    promised: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    talked: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UTCTime)
    visible_at: Mapped[datetime] = mapped_column(UTCTime)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    case = relationship("Case", back_populates="answers", foreign_keys=[case_id])
    unit = relationship("Unit")
    author = relationship("Person", foreign_keys=[author_id])
    wordings = relationship("Wording", back_populates="answer", order_by="Wording.id")
    photos = relationship("Attachment", back_populates="answer", order_by="Attachment.id")
    verdicts = relationship("Verdict", back_populates="answer", order_by="Verdict.id")

    @property
    def class_name(self):
        return CLASSES[self.letter]

    @property
    def promise(self) -> date | None:
        """The day on which its unit answers anew; a day that came with a full answer is none."""
        return self.promised if self.letter in PROMISES else None

    @property
    def is_visible(self) -> bool:
        return self.visible_at <= now()

    def words(self, language: str) -> str | None:
        """The answer in this language, or None where nobody has put it so."""
        if language == self.language:
            return self.text
        return next((w.text for w in self.wordings if w.language == language), None)

    @property
    def verdict(self) -> "Verdict | None":
        """The last word on this answer of the resident who was answered."""
        return self.verdict_of(self.case_id)

    def verdict_of(self, case_id: int) -> "Verdict | None":
        """The last word of this case's resident on this answer."""
        return next((said for said in reversed(self.verdicts) if said.case_id == case_id), None)


class Wording(db.Model):
    """An answer's words in another language, by deputy or desk."""

    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("answer_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    answer = relationship("Answer", back_populates="wordings")


class Inspection(db.Model):
    """The congress's check of the result, by someone else than who answered."""

    __tablename__ = "inspection"
    __table_args__ = (CheckConstraint("inspector_id <> answerer_id", "other_eyes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    # None where a unit answered on paper: nobody of the house did.
    answerer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    inspector_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    passed: Mapped[bool]
    note: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime] = mapped_column(UTCTime)

    inspector = relationship("Person", foreign_keys=[inspector_id])


class Feedback(db.Model):
    """How the resident was told, by whom, when; or why that was impossible."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint(f"channel IN {tuple(CHANNELS)}", "channel"),
        CheckConstraint("channel <> 'impossible' OR note <> ''", "why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    channel: Mapped[str] = mapped_column(String(20))
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    told_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime] = mapped_column(UTCTime)

    told_by = relationship("Person")


class Verdict(db.Model):
    """What the holder of the case's slip says of an answer, which is the one of
    another case where theirs was merged; changes add a row.

    ``assisted``: given on a deputy's phone, counted apart.
    """

    __tablename__ = "verdict"
    __table_args__ = (CheckConstraint(f"rating IS NULL OR rating IN {tuple(RATINGS)}", "rating"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    solved: Mapped[bool]
    rating: Mapped[str | None] = mapped_column(String(20))
    remark: Mapped[str] = mapped_column(String(1000), default="")
    assisted: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UTCTime)

    answer = relationship("Answer", back_populates="verdicts")


class Handover(db.Model):
    """A matter given to a unit: what it may see, until when, and how it ended."""

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    lead: Mapped[bool] = mapped_column(default=True)
    due: Mapped[date]
    summary: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UTCTime)
    returned_at: Mapped[datetime | None] = mapped_column(UTCTime)
    reason: Mapped[str] = mapped_column(String(1000), default="")
    better_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    unit = relationship("Unit", foreign_keys=[unit_id])
    better = relationship("Unit", foreign_keys=[better_id])


class Amendment(db.Model):
    """Other words that came under the same id: kept beside the case."""

    __tablename__ = "amendment"
    __table_args__ = (UniqueConstraint("case_id", "content"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    content: Mapped[str] = mapped_column(String(64))
    record: Mapped[dict] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UTCTime)

    case = relationship("Case")
