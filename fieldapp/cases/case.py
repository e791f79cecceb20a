"""The case itself, and what the database refuses to believe of one."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, and_, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from fieldapp.database import UTCTime, db
from fieldapp.places.kinds import KINDS

STATES = {
    "logged": _l("Logged"),
    "confirmed": _l("Confirmed"),
    "handed_over": _l("Handed over"),
    "accepted": _l("Being handled"),
    "answered": _l("Answered"),
    "settled": _l("Settled"),
    "guided": _l("Guided elsewhere"),
    "withdrawn": _l("Withdrawn"),
    "merged": _l("Merged"),
}
OPEN = ("logged", "confirmed", "handed_over", "accepted", "answered")
SOURCES = {
    "field": _l("Logged in the field"),
    "paper": _l("Entered from paper"),
    "telephone": _l("By telephone"),
    "resident": _l("Sent by the resident"),
    "ledger": _l("Carried over from the paper ledger"),
}


def _tie(state: str, facts: str) -> str:
    return f"state <> '{state}' OR ({facts})"


class Case(db.Model):
    """One matter. Its state is changed by a move alone (moves.py)."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(f"state IN {tuple(STATES)}", "state"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", "kind"),
        CheckConstraint(f"source IN {tuple(SOURCES)}", "source"),
        CheckConstraint("level IN ('township', 'county')", "level"),
        CheckConstraint("length(narrative) BETWEEN 1 AND 10000", "narrative"),
        CheckConstraint("length(summary) <= 200", "summary"),
        CheckConstraint(_tie("handed_over", "unit_id IS NOT NULL AND due IS NOT NULL AND summary <> ''"), "handed_over"),
        CheckConstraint(_tie("accepted", "unit_id IS NOT NULL AND due IS NOT NULL AND officer_id IS NOT NULL"), "accepted"),
        CheckConstraint(_tie("answered", "answer_id IS NOT NULL"), "answered"),
        CheckConstraint("promised IS NULL OR answer_id IS NOT NULL", "promised"),
        CheckConstraint(
            _tie(
                "settled",
                "answer_id IS NOT NULL AND feedback_id IS NOT NULL"
                " AND (inspection_id IS NOT NULL OR uninspected <> '') AND ended_at IS NOT NULL",
            ),
            "settled",
        ),
        CheckConstraint(_tie("guided", "guided_to <> '' AND ended_at IS NOT NULL"), "guided"),
        CheckConstraint(_tie("withdrawn", "ended_at IS NOT NULL"), "withdrawn"),
        CheckConstraint(_tie("merged", "joined_id IS NOT NULL"), "merged"),
        Index("ix_case_township_state", "township_id", "state", "id"),
        Index("ix_case_activity", "activity"),
        Index("ix_case_township_village", "township_id", "village_id", "id"),
        Index("ix_case_township_id", "township_id", "id"),
        Index("ix_case_deputy", "deputy_id", "id"),
        Index("ix_case_alike", "village_id", "category_id", "logged_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20), default="difficulty")
    state: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20), default="township")

    narrative: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(String(200), default="")
    anonymous: Mapped[bool] = mapped_column(default=False)
    activity: Mapped[str | None] = mapped_column(String(40))
    logged_at: Mapped[datetime] = mapped_column(UTCTime)
    # The phone's time and the paper's dates are claims, never clocks.
    captured_at: Mapped[str | None] = mapped_column(String(40))
    paper_dates: Mapped[dict | None] = mapped_column(JSON)
    # What arrived by sync, hashed: the same again is 200, other words are 409.
    content: Mapped[str | None] = mapped_column(String(64))

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handed_over_at: Mapped[datetime | None] = mapped_column(UTCTime)
    due: Mapped[date | None]
    # The day its light turns amber, so that lists can be filtered by it.
    amber: Mapped[date | None]
    # The unit's clock: since when, and the working days it follows from; none
    # where somebody chose the day.
    clock_from: Mapped[date | None]
    limit_days: Mapped[int | None]
    # How often the unit was urged since then, when last, and the calendar's last word.
    urges: Mapped[int] = mapped_column(default=0)
    urged_on: Mapped[date | None]
    urge_stage: Mapped[str | None] = mapped_column(String(30))
    # The resident's clock, from logging; no act moves it.
    resident_limit: Mapped[int | None]
    resident_due: Mapped[date | None]
    returns: Mapped[int] = mapped_column(default=0)
    reworks: Mapped[int] = mapped_column(default=0)
    # Struck off as solved, and found to be back: not the unit's rework.
    relapses: Mapped[int] = mapped_column(default=0, server_default="0")
    # How often it was put under supervision (supervision.py).
    supervised: Mapped[int] = mapped_column(default=0)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id", use_alter=True))
    # The day that this answer promises; none where it is the last word.
    promised: Mapped[date | None]
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id", use_alter=True))
    uninspected: Mapped[str] = mapped_column(String(500), default="")
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id", use_alter=True))
    guided_to: Mapped[str] = mapped_column(String(500), default="")
    joined_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    # The case its deputy proposes to join, until the chair decides.
    proposed_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    seen_at: Mapped[datetime | None] = mapped_column(UTCTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCTime)

    head: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    township = relationship("Area", foreign_keys=[township_id])
    village = relationship("Area", foreign_keys=[village_id])
    category = relationship("Category")
    deputy = relationship("Person", foreign_keys=[deputy_id])
    officer = relationship("Person", foreign_keys=[officer_id])
    unit = relationship("Unit")
    slip = relationship("Slip", back_populates="case", uselist=False)
    joined = relationship("Case", foreign_keys=[joined_id], remote_side=[id], viewonly=True)
    proposed = relationship("Case", foreign_keys=[proposed_id], remote_side=[id], viewonly=True)
    answer = relationship("Answer", foreign_keys=[answer_id], viewonly=True)
    answers = relationship("Answer", foreign_keys="Answer.case_id", back_populates="case", order_by="Answer.id")
    inspection = relationship("Inspection", foreign_keys=[inspection_id], viewonly=True)
    feedback = relationship("Feedback", foreign_keys=[feedback_id], viewonly=True)
    photos = relationship("Attachment", back_populates="case", order_by="Attachment.id")
    contact = relationship("Contact", back_populates="case", uselist=False)

    __mapper_args__ = {"version_id_col": version}

    @property
    def thing(self) -> str:
        """The name of this case in the timeline."""
        return f"case:{self.id}"

    def point(self, **rows) -> None:
        """Points at a present answer, inspection or feedback, or at none. The
        columns are written, not the relationships: rows that point at each
        other cannot be ordered in one flush."""
        for name, row in rows.items():
            setattr(self, f"{name}_id", row.id if row else None)
            set_committed_value(self, name, row)
        if "answer" in rows:
            self.promised = self.answer.promise if self.answer else None

    def mark(self, person) -> str:
        """What a form carries of the case as this person saw it. ``version`` counts
        every act; a unit's changes with its order alone, so that it counts no others."""
        from fieldapp.cases import orders

        return orders.mark(self, person) if person.role == "unit" else str(self.version)

    @property
    def joint(self) -> "Case":
        """The case that speaks for this one: where it was merged, the one it joined."""
        return self.joined if self.state == "merged" else self

    @property
    def over_at(self) -> datetime | None:
        """When it ended, or the case that it joined did."""
        return self.joint.ended_at

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def state_name(self):
        return STATES[self.state]

    @staticmethod
    def reach(person):
        """The SQL condition for the rows that exist for this person."""
        from fieldapp.places.place import Area

        if person.role == "deputy":
            return Case.deputy_id == person.id
        if person.role in ("clerk", "chair"):
            return Case.township_id == person.area_id
        if person.role == "unit":
            from fieldapp.cases import assistance

            leads = and_(Case.unit_id.in_(person.unit_ids), Case.handed_over_at.is_not(None))
            return or_(leads, assistance.reach(Case, person))
        if person.role == "county":
            townships = select(Area.id).where(Area.parent_id == person.area_id)
            # Few are with the county, and are found as such; many are in its townships.
            return and_(Case.level == "county", Case.township_id.in_(townships).is_(True))
        return false()

    @classmethod
    def reachable_by(cls, person):
        return select(cls).where(cls.reach(person))
