"""In SQLite the words of cases lie in their key alone: half the size."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.rename_table("case_word", "case_word_before")
    op.create_table(
        "case_word",
        sa.Column("word", sa.String(length=24), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_word_case_id")),
        sa.PrimaryKeyConstraint("word", "case_id", name=op.f("pk_case_word")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO case_word SELECT word, case_id FROM case_word_before")
    op.drop_table("case_word_before")
