"""Inventing many cases fast: batch after batch, on a connection of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection

from fieldapp.database import db
from fieldapp.demo.bulk import Inventor
from fieldapp.demo.township import Township

BATCH = 5000


def invent(township: Township, cases: int, seed: int) -> None:
    """Adds this many cases, with progress on the terminal."""
    with _connection() as connection:
        inventor = Inventor(township, seed, connection)
        db.session.rollback()
        with click.progressbar(length=cases, label="Inventing cases") as bar:
            for done in range(0, cases, BATCH):
                size = min(BATCH, cases - done)
                inventor.batch(size)
                bar.update(size)


@contextmanager
def _connection() -> Iterator[Connection]:
    """One connection for all batches. SQLite looks through whole tables for rows
    that point at each other, a case and its answer, and would sync every batch:
    what is invented can be invented again."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-200000"):
                connection.connection.driver_connection.execute(f"PRAGMA {pragma}").close()
            connection.detach()
        yield connection
