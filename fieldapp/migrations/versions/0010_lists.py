"""Indexes for each way in which lists find cases."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

OPEN = "state IN ('logged', 'confirmed', 'handed_over', 'accepted', 'answered')"
RUNNING = "state IN ('handed_over', 'accepted')"
DUE_FIRST = ("due", sa.text("id DESC"))


def upgrade() -> None:
    op.drop_index("ix_case_township_due", "case")
    op.drop_index("ix_case_unit", "case")
    _of_cases()
    _only("supervision", "replied_at IS NULL", "ix_supervision_open", "case_id")
    _only("extension", "granted IS NULL", "ix_extension_undecided", "case_id")
    _only("lookback", "result IS NULL", "ix_lookback_pending", "due", "case_id")
    no = "solved IS 0" if op.get_bind().dialect.name == "sqlite" else "solved IS false"
    _only("verdict", no, "ix_verdict_not_solved", "answer_id")
    op.create_index("ix_answer_visible_at", "answer", ["visible_at", "case_id"])


def _of_cases() -> None:
    _only("case", OPEN, "ix_case_open", "township_id", *DUE_FIRST)
    _only("case", "state IN ('logged', 'confirmed')", "ix_case_unhandled", "township_id", *DUE_FIRST)
    _only("case", RUNNING, "ix_case_running", "township_id", *DUE_FIRST)
    _only("case", "state = 'answered'", "ix_case_answered", "township_id", "state", *DUE_FIRST)
    _only("case", f"unit_id IS NOT NULL AND {OPEN}", "ix_case_unit_open", "unit_id", *DUE_FIRST, "state")
    _only("case", "unit_id IS NOT NULL", "ix_case_of_unit", "unit_id", "id")
    _only("case", RUNNING, "ix_case_light", "township_id", "ended_at", "id", "village_id", "due", "amber")
    _only("case", OPEN, "ix_case_resident_due", "township_id", "ended_at", "id", "resident_due")
    op.create_index("ix_case_category", "case", ["township_id", "category_id", "id"])
    _only("case", "unit_id IS NOT NULL", "ix_case_township_unit", "township_id", "unit_id", "id")
    _only("case", "state = 'confirmed' AND returns > 0", "ix_case_returned", "township_id", "state")
    _only("case", "proposed_id IS NOT NULL", "ix_case_proposed", "township_id", "state")
    _only("case", f"{OPEN} AND supervised > 0", "ix_case_supervised", "township_id", "state")
    _only("case", "state = 'answered' AND feedback_id IS NOT NULL", "ix_case_told", "township_id", "state", "answer_id")
    _only("case", "state = 'merged'", "ix_case_merged", "township_id", "state", "joined_id")
    _only("case", "level = 'county'", "ix_case_county", "township_id", "state", "id")
    _only("case", "level = 'county'", "ix_case_county_due", "state", *DUE_FIRST)
    _only("case", "level = 'county'", "ix_case_county_id", "id")


def _only(table: str, where: str, name: str, *columns) -> None:
    op.create_index(name, table, list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))
