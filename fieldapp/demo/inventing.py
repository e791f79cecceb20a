"""Inventing many cases fast: one process makes the rows, this one fills the tables."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click
from sqlalchemy import Connection, delete, insert

from fieldapp import sizes
from fieldapp.database import db
from fieldapp.demo import courses
from fieldapp.demo.bulk import COPIED, FILLING, SAID, Pattern, lay_out
from fieldapp.demo.bulk_insert import add, set_aside
from fieldapp.demo.copying import BOOKS, FILLED, GIVEN, SERIES, SLIPS, WORDS, Copies
from fieldapp.demo.township import Township

TABLES = {table.name: table for table in (COPIED, SAID, SLIPS, WORDS, SERIES)}
SET_FOR_FILLING = (
    "journal_mode=DELETE",
    "foreign_keys=OFF",
    "ignore_check_constraints=ON",
    "secure_delete=OFF",
    "cache_size=-200000",
    "mmap_size=8000000000",
    "threads=2",
)


def invent(township: Township, cases: int, seed: int) -> None:
    """Adds this many cases, or none of them, with progress on the terminal."""
    patterns = [Pattern(case, share) for case, share in courses.played(township, cases)]
    # They were played to be copied.
    db.session.rollback()
    copies = Copies(township, patterns, seed)
    db.session.rollback()
    # Neither shared with the other process, nor in the way of another journal.
    db.engine.dispose()
    with _beside(copies.made(cases)) as made, _connection() as connection, connection.begin():
        lay_out(connection, patterns)
        connection.execute(delete(SERIES))
        with set_aside(connection, FILLED), click.progressbar(length=cases, label="Inventing cases") as bar:
            for some in made:
                bar.update(_fill(connection, some))
        sizes.measure(connection)


def _fill(connection: Connection, some: dict[str, list]) -> int:
    """Adds what was made; how many cases these are."""
    if books := some.pop(BOOKS.name, None):
        connection.execute(insert(BOOKS), books)
    for name, values in some.items():
        add(connection, TABLES[name], GIVEN[name], values)
    if COPIED.name not in some:
        return 0
    for statement in FILLING:
        connection.execute(statement)
    return len(some[COPIED.name]) // len(GIVEN[COPIED.name])


@contextmanager
def _beside(made: Iterator) -> Iterator[Iterator]:
    """What an iterator gives, made by a process of its own where there can be one."""
    if not hasattr(os, "fork"):
        yield made
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    maker = context.Process(target=_send, args=(made, here, there), daemon=True)
    maker.start()
    there.close()
    try:
        yield iter(here.recv, None)
    finally:
        maker.terminate()
        maker.join()


def _send(made: Iterator, here, there) -> None:
    """Ends when nobody reads any more."""
    here.close()
    with suppress(BrokenPipeError):
        for one in made:
            there.send(one)
        there.send(None)


@contextmanager
def _connection() -> Iterator[Connection]:
    """One connection for all, and one transaction. With a rollback journal a
    database that only grows is written once. SQLite looks through whole tables
    for rows that point at each other, a case and its answer; and what the moves
    made needs no checks."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            for pragma in SET_FOR_FILLING:
                connection.connection.driver_connection.execute(f"PRAGMA {pragma}").close()
        yield connection
        # Nobody else shall have it.
        connection.invalidate()
