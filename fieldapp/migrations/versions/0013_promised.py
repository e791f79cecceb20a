"""The day that an answer promises stands with the case, so that what waits for
inspecting, telling and striking off is found by an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

OF_THE_ANSWER = """
UPDATE "case" SET promised = (SELECT answer.promised FROM answer WHERE answer.id = "case".answer_id)
WHERE answer_id IN (SELECT id FROM answer WHERE class IN ('B', 'C'))
"""
IN_ORDER = ("township_id", "state", "due", sa.text("id DESC"))


def upgrade() -> None:
    # Both engines take a new column's CHECK with it, and make no new table.
    op.execute('ALTER TABLE "case" ADD COLUMN promised DATE CONSTRAINT ck_case_promised CHECK (promised IS NULL OR answer_id IS NOT NULL)')
    op.execute(OF_THE_ANSWER)
    op.drop_index("ix_answer_promised", "answer")
    op.drop_index("ix_case_answered", "case")
    op.drop_index("ix_case_told", "case")
    _answered("promised IS NOT NULL", "ix_case_promised", "state", "promised")
    _answered("promised IS NULL AND inspection_id IS NULL", "ix_case_to_inspect", *IN_ORDER)
    _answered("feedback_id IS NULL", "ix_case_to_tell", *IN_ORDER)
    _answered("promised IS NULL AND feedback_id IS NOT NULL", "ix_case_to_strike_off", *IN_ORDER)


def _answered(where: str, name: str, *columns) -> None:
    only = sa.text(f"state = 'answered' AND {where}")
    op.create_index(name, "case", list(columns), sqlite_where=only, postgresql_where=only)
