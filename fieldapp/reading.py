"""Reading without the object-relational mapper, where a page must be quick.

Selects that are compiled once and handed to the driver, and rows that have
their columns and what their model says of them, and cannot be written.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import FunctionType

from sqlalchemy.engine import Engine

from fieldapp.database import db


@contextmanager
def reading(engine: Engine) -> Iterator:
    """The driver's cursor; what is read through it is of one moment (SQLite)."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if engine.dialect.name == "sqlite":
            cursor.execute("BEGIN")
        yield cursor
    finally:
        # Given back, it is rolled back.
        connection.close()


class Prepared:
    """A select (made by ``statement``), compiled once for each engine."""

    def __init__(self, statement: Callable):
        self.statement = statement
        self.engines: dict = {}

    def first(self, engine: Engine, **values) -> tuple | None:
        """The first row as the driver has it, good for telling whether something changed."""
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            self._execute(engine, cursor, values)
            return cursor.fetchone()
        finally:
            connection.close()

    def one(self, engine: Engine, cursor, **values) -> tuple[tuple, dict] | None:
        """The first row within a reading: as the driver has it, and by the names
        of its columns, in Python's types."""
        names, processors = self._execute(engine, cursor, values)
        row = cursor.fetchone()
        return row and (tuple(row), _words(row, names, processors))

    def rows(self, engine: Engine, cursor, **values) -> list[dict]:
        """All rows, by the names of their columns, in Python's types."""
        names, processors = self._execute(engine, cursor, values)
        return [_words(row, names, processors) for row in cursor.fetchall()]

    def _execute(self, engine, cursor, values) -> tuple:
        text, given, order, names, processors = self.engines.get(engine) or self._compiled(engine)
        values = {**given, **values}
        cursor.execute(text, tuple(values[name] for name in order) if order else values)
        return names, processors

    def _compiled(self, engine) -> tuple:
        statement = self.statement()
        compiled = statement.compile(dialect=engine.dialect)
        columns = list(statement.selected_columns)
        named = [(column.key, column.type.dialect_impl(engine.dialect).result_processor(engine.dialect, None)) for column in columns]
        processors = [(name, process) for name, process in named if process]
        self.engines[engine] = compiled.string, compiled.params, compiled.positiontup, [name for name, _process in named], processors
        return self.engines[engine]


def _words(row, names, processors) -> dict:
    words = dict(zip(names, row, strict=True))
    for name, process in processors:
        words[name] = process(words[name])
    return words


class Reading:
    """A row that was read: its columns, and its model's own properties. What
    else is asked of it is asked of the row itself."""

    model: type

    def __init__(self, **words):
        self.__dict__.update(words)

    def __getattr__(self, name: str):
        if name.startswith("_"):
            raise AttributeError(name)
        key = [self.__dict__[column.key] for column in self.model.__table__.primary_key]  # type: ignore[attr-defined]
        return getattr(db.session.get_one(self.model, key if len(key) > 1 else key[0]), name)


@cache
def reading_of(model: type) -> type[Reading]:
    """The kind of reading that answers like this model."""
    told: dict = {"model": model}
    for base in reversed([base for base in model.__mro__ if base.__module__.startswith("fieldapp.")]):
        told |= {name: one for name, one in vars(base).items() if isinstance(one, property | FunctionType) and name[0] != "_"}
    return type(f"{model.__name__}Reading", (Reading,), told)
