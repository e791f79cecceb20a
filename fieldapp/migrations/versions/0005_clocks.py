"""Two clocks for a case: the unit's with its limit, and the resident's."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("case", sa.Column("clock_from", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("limit_days", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("resident_limit", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("resident_due", sa.Date(), nullable=True))
