"""Numbers of rounds and suggestions are given in series, as those of cases; a
phone has blank slips of its own; a round can be called off."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("series") as batch_op:
        batch_op.alter_column(
            "year", new_column_name="name", existing_type=sa.String(length=4), type_=sa.String(length=10), existing_nullable=False
        )
    given = {f"S{year}": last for year, last in op.get_bind().execute(sa.text("SELECT year, max(sequence) FROM suggestion GROUP BY year"))}
    for (code,) in op.get_bind().execute(sa.text("SELECT code FROM round")):
        name, _, number = code.partition("-")
        given[name] = max(given.get(name, 0), int(number))
    for name, last in given.items():
        op.get_bind().execute(sa.text("INSERT INTO series (name, last) VALUES (:name, :last)"), {"name": name, "last": last})
    op.execute("ALTER TABLE book ADD COLUMN device_id INTEGER CONSTRAINT fk_book_device_id REFERENCES device (id)")
    op.add_column("round", sa.Column("called_off", sa.String(length=500), nullable=True))
