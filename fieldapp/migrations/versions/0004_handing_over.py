"""Handing over: assisting units."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _assistance()
    _heads()
    _supervision()
    op.add_column("book", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))


def _assistance() -> None:
    op.create_table(
        "assistance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=500), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("opinion_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("length(text) <= 4000", name=op.f("ck_assistance_text")),
        sa.CheckConstraint("language IS NULL OR language IN ('zh', 'ug', 'en')", name=op.f("ck_assistance_language")),
        sa.CheckConstraint(
            "(opinion_at IS NULL) = (text = '') AND (opinion_at IS NULL) = (author_id IS NULL)", name=op.f("ck_assistance_opinion")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_assistance_author_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assistance_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_assistance_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assistance_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
    )
    op.create_index(op.f("ix_assistance_case_id"), "assistance", ["case_id"])
    op.create_index(op.f("ix_assistance_unit_id"), "assistance", ["unit_id"])
    present = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_assistance_present", "assistance", ["case_id", "unit_id"], unique=True, sqlite_where=present, postgresql_where=present
    )


def _heads() -> None:
    op.add_column("membership", sa.Column("head", sa.Boolean(), nullable=False, server_default=sa.false()))
    head = sa.text("head")
    op.create_index("uq_membership_head", "membership", ["unit_id"], unique=True, sqlite_where=head, postgresql_where=head)


def _supervision() -> None:
    op.add_column("case", sa.Column("supervised", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_supervision_reason")),
        sa.CheckConstraint("(reported_at IS NULL) = (report = '')", name=op.f("ck_supervision_report")),
        sa.CheckConstraint(
            "(replied_at IS NULL) = (reply = '') AND (replied_at IS NULL OR reported_at IS NOT NULL)", name=op.f("ck_supervision_reply")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_supervision_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_supervision_case_id")),
        sa.ForeignKeyConstraint(["replied_by_id"], ["person.id"], name=op.f("fk_supervision_replied_by_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_supervision_reporter_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_supervision_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_index(op.f("ix_supervision_case_id"), "supervision", ["case_id"])
