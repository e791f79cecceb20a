"""How large the tables are, as far as the database's planner knows. SQLite
learns it when it is told to; a server's autovacuum sees to it by itself."""

from flask import Flask
from sqlalchemy import Connection

from fieldapp import ticking
from fieldapp.database import db

# Rows of an index that are looked at: a moment, however many there are.
LOOKED_AT = 1000
# Says what PRAGMA optimize would do about tables that grew tenfold: all tables, not only those read here.
GROWN = "PRAGMA optimize=0x10003"


def init_app(app: Flask) -> None:
    ticking.whenever_the_clock_ticks(app, "tables measured anew", measure_the_grown)


def measure_the_grown() -> int:
    """Tables that have grown or shrunk a lot since they were measured."""
    connection = db.session.connection()
    if connection.dialect.name != "sqlite":
        return 0
    found = list(connection.exec_driver_sql(GROWN).scalars())
    connection.exec_driver_sql(f"PRAGMA analysis_limit={LOOKED_AT}")
    for statement in found:
        connection.exec_driver_sql(statement)
    return len(found)


def measure(connection: Connection) -> None:
    """All tables."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit={LOOKED_AT}")
    connection.exec_driver_sql("ANALYZE")
