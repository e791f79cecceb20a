"""Merging: which case a deputy proposes to join, and each slip's own verdict."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    # A column that refers to a row is added by both engines so, without copying the table.
    op.execute('ALTER TABLE "case" ADD COLUMN proposed_id INTEGER CONSTRAINT fk_case_proposed_id REFERENCES "case" (id)')
    op.execute('ALTER TABLE verdict ADD COLUMN case_id INTEGER CONSTRAINT fk_verdict_case_id REFERENCES "case" (id)')
    op.execute("UPDATE verdict SET case_id = (SELECT answer.case_id FROM answer WHERE answer.id = verdict.answer_id)")
    op.create_index("ix_verdict_case_id", "verdict", ["case_id"])
    op.create_index("ix_case_joined_id", "case", ["joined_id"])
    op.create_index("ix_case_alike", "case", ["village_id", "category_id", "logged_at"])
