"""Reading without the object-relational mapper, where a page must be quick.

Selects that are compiled once and handed to the driver, and rows that have
their columns and what their model says of them, and cannot be written.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache, wraps
from types import FunctionType
from weakref import WeakKeyDictionary

from flask import g
from sqlalchemy import BindParameter, bindparam
from sqlalchemy.engine import Engine
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.sql.visitors import replacement_traverse

from fieldapp.database import db, only_reads

# Connections between two readings, as many as ever read at once; no transaction is open on them.
_idle: WeakKeyDictionary[Engine, list] = WeakKeyDictionary()


@contextmanager
def reading(engine: Engine) -> Iterator:
    """The driver's cursor; what is read through it is of one moment (SQLite)."""
    if engine.dialect.name != "sqlite":
        with closing(engine.raw_connection()) as connection:
            # Given back, it is rolled back.
            yield connection.cursor()
        return
    idle = _idle.setdefault(engine, [])
    connection = idle.pop() if idle else engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("BEGIN")
        yield cursor
        cursor.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    idle.append(connection)


@contextmanager
def writing_down() -> Iterator:
    """The driver's cursor within the session's own transaction, for what decides
    whether something may be written."""
    yield db.session.connection().connection.cursor()


def once_while_reading(ask: Callable) -> Callable:
    """A question that a page asks of the same case again and again: its answer is
    kept for as long as a request that writes nothing."""

    @wraps(ask)
    def asked(case):
        if not only_reads():
            return ask(case)
        known, key = g.setdefault("read_once", {}), (ask, case.id)
        if key not in known:
            known[key] = ask(case)
        return known[key]

    return asked


class Prepared:
    """A select (made by ``statement``), compiled once for each engine. What
    differs from time to time is bound by name; what is always so stands in its
    text, where the planner can see it."""

    def __init__(self, statement: Callable):
        self.statement = statement
        self.engines: dict = {}

    def first(self, engine: Engine, **values) -> tuple | None:
        """The first row as the driver has it, good for telling whether something changed."""
        with reading(engine) as cursor:
            self._execute(engine, cursor, values)
            return cursor.fetchone()

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

    def tuples(self, engine: Engine, cursor, **values) -> list[tuple]:
        """All rows as the driver has them: alike as long as nothing changed."""
        self._execute(engine, cursor, values)
        return cursor.fetchall()

    def _execute(self, engine, cursor, values) -> tuple:
        text, given, binding, order, names, processors = self.engines.get(engine) or self._compiled(engine)
        for name, bind in binding:
            values[name] = bind(values[name])
        values |= given
        cursor.execute(text, [values[name] for name in order] if order is not None else values)
        return names, processors

    def _compiled(self, engine) -> tuple:
        dialect = engine.dialect
        statement = replacement_traverse(self.statement(), {}, _constant)
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        binds = [(name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()]
        columns = [(column.key, column.type.dialect_impl(dialect).result_processor(dialect, None)) for column in statement.selected_columns]
        self.engines[engine] = (
            compiled.string,
            {name: value for name, value in compiled.params.items() if value is not None},
            [(name, bind) for name, bind in binds if bind],
            compiled.positiontup,
            [name for name, _process in columns],
            [(name, process) for name, process in columns if process],
        )
        return self.engines[engine]


def _words(row, names, processors) -> dict:
    words = dict(zip(names, row, strict=True))
    for name, process in processors:
        words[name] = process(words[name])
    return words


def _constant(element, **_how):
    """A value that stands in the select itself is written out; what is required is bound later."""
    if not isinstance(element, BindParameter):
        return None
    return bindparam(element.key, None, element.type) if element.required else element.render_literal_execute()


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


def present(found: Reading):
    """The row itself, in the session without being selected again; what was not
    read of it is read when it is asked for."""
    key = db.session.identity_key(found.model, found.id)
    if key in db.session.identity_map:
        return db.session.identity_map[key]
    columns = {column.key: vars(found)[column.key] for column in found.model.__mapper__.column_attrs if column.key in vars(found)}  # type: ignore[attr-defined]
    row = found.model.__mapper__.class_manager.new_instance()  # type: ignore[attr-defined]
    vars(row).update(columns)
    make_transient_to_detached(row)
    db.session.add(row)
    return row
