"""Merging: which case a deputy proposes to join, and each slip's own verdict; look-backs and relapses."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # A column that refers to a row is added by both engines so, without copying the table.
    op.execute('ALTER TABLE "case" ADD COLUMN proposed_id INTEGER CONSTRAINT fk_case_proposed_id REFERENCES "case" (id)')
    op.execute('ALTER TABLE verdict ADD COLUMN case_id INTEGER CONSTRAINT fk_verdict_case_id REFERENCES "case" (id)')
    op.execute("UPDATE verdict SET case_id = (SELECT answer.case_id FROM answer WHERE answer.id = verdict.answer_id)")
    op.create_index("ix_verdict_case_id", "verdict", ["case_id"])
    op.create_index("ix_case_joined_id", "case", ["joined_id"])
    op.create_index("ix_case_alike", "case", ["village_id", "category_id", "logged_at"])
    op.create_index("ix_answer_promised", "answer", ["promised"])

    op.add_column("case", sa.Column("relapses", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "lookback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('month', 'quarter')", name=op.f("ck_lookback_kind")),
        sa.CheckConstraint("result IS NULL OR result IN ('holds', 'relapsed', 'impossible')", name=op.f("ck_lookback_result")),
        sa.CheckConstraint("(result IS NULL) = (at IS NULL)", name=op.f("ck_lookback_made")),
        sa.CheckConstraint("result IS NULL OR result = 'holds' OR note <> ''", name=op.f("ck_lookback_why")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_lookback_case_id")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_lookback_answer_id")),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_lookback_assignee_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_lookback_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookback")),
        sa.UniqueConstraint("answer_id", "kind", name=op.f("uq_lookback_answer_id_kind")),
    )
    op.create_index("ix_lookback_case_id", "lookback", ["case_id"])
    op.create_index("ix_lookback_assignee", "lookback", ["assignee_id", "due"])
