"""Numbers in a row: those of cases, rounds and suggestions, each year from one.

The row of a series is counted up in one statement, and stays locked until the
transaction ends: two at the same moment get two numbers, on every engine.
"""

from sqlalchemy import Integer, String, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.database import db
from fieldapp.rows import Written

COUNT_UP = text(
    "INSERT INTO series (name, last) VALUES (:name, :many) ON CONFLICT (name) DO UPDATE SET last = series.last + excluded.last RETURNING last"
).bindparams(bindparam("name", type_=String), bindparam("many", type_=Integer))
NEXT = Written(lambda: COUNT_UP)


class Series(db.Model):
    """The last number given: ``2026`` of cases, ``S2026`` of suggestions, ``R2026`` of rounds."""

    __tablename__ = "series"

    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


def next_in(name: str) -> int:
    """The next number, given away when the caller commits."""
    return NEXT({"name": name, "many": 1}).fetchone()[0]
