"""Rounds of the mobile station and their stops."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("vehicle", sa.String(length=40), nullable=True),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("heard", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(closed_at IS NULL) = (heard IS NULL)", name=op.f("ck_round_closed")),
        sa.CheckConstraint("heard BETWEEN 0 AND 9999", name=op.f("ck_round_heard")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_round_recorded_by_id")),
        sa.ForeignKeyConstraint(["township_id"], ["area.id"], name=op.f("fk_round_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("code", name=op.f("uq_round_code")),
        sa.UniqueConstraint("township_id", "day", "vehicle", name=op.f("uq_round_township_id_day_vehicle")),
    )
    op.create_index("ix_round_township_day", "round", ["township_id", "day"])
    op.create_table(
        "round_deputy",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_round_deputy_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_deputy_round_id")),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_round_deputy")),
    )
    op.create_index(op.f("ix_round_deputy_person_id"), "round_deputy", ["person_id"])
    op.create_table(
        "stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("planned", sa.Time(), nullable=True),
        sa.Column("reached_at", sa.DateTime(), nullable=True),
        sa.Column("claimed", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_stop_round_id")),
        sa.ForeignKeyConstraint(["village_id"], ["area.id"], name=op.f("fk_stop_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
    )
    op.create_index(op.f("ix_stop_round_id"), "stop", ["round_id"])
    op.create_index("ix_case_activity", "case", ["activity"])
