"""Inventing many cases fast: one process makes the rows, this one fills the tables."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection, delete

from fieldapp import sizes
from fieldapp.database import db
from fieldapp.demo import courses
from fieldapp.demo.bulk import CASES, Pattern
from fieldapp.demo.bulk_insert import add, set_aside
from fieldapp.demo.copying import FILLED, SERIES, WORDS, Copies
from fieldapp.demo.township import Township


def invent(township: Township, cases: int, seed: int) -> None:
    """Adds this many cases, with progress on the terminal."""
    patterns = [Pattern(case, share) for case, share in courses.played(township, cases)]
    # They were played to be copied.
    db.session.rollback()
    copies = Copies(township, patterns, seed)
    db.session.rollback()
    tables = {table.name: table for table in (*FILLED, WORDS, SERIES)}
    with _beside(copies.values(cases)) as made, _connection() as connection:
        with connection.begin():
            connection.execute(delete(SERIES))
        with set_aside(connection, FILLED), click.progressbar(length=cases, label="Inventing cases") as bar:
            for name, values in made:
                with connection.begin():
                    add(connection, tables[name], values)
                if name == CASES.name:
                    bar.update(len(values) // len(CASES.columns))
        with connection.begin():
            sizes.measure(connection)


@contextmanager
def _beside(made: Iterator) -> Iterator[Iterator]:
    """What an iterator gives, made by a process of its own where there can be one."""
    if not hasattr(os, "fork"):
        yield made
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    maker = context.Process(target=_send, args=(made, there), daemon=True)
    maker.start()
    there.close()
    try:
        yield iter(here.recv, None)
    finally:
        maker.terminate()
        maker.join()


def _send(made: Iterator, there) -> None:
    for one in made:
        there.send(one)
    there.send(None)


@contextmanager
def _connection() -> Iterator[Connection]:
    """One connection for all. SQLite looks through whole tables for rows that
    point at each other, a case and its answer, and would sync every batch: what
    is invented can be invented again. What the moves made needs no checks."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON", "synchronous=OFF", "cache_size=-200000", "threads=2"):
                connection.connection.driver_connection.execute(f"PRAGMA {pragma}").close()
        yield connection
        # Nobody else shall have it.
        connection.invalidate()
