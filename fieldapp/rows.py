"""Rows of the session past the mapper's unit of work, where that is most of the cost."""

from collections.abc import Callable
from functools import cache

from sqlalchemy import bindparam, insert, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import make_transient_to_detached

from fieldapp.database import db


class Written:
    """A statement that writes (made by ``statement``), compiled once for each
    engine and handed to the driver within the session's own transaction."""

    def __init__(self, statement: Callable):
        self.statement = statement
        self.engines: dict = {}

    def __call__(self, *rows: dict):
        """The driver's cursor, after one row, or after many at once."""
        connection = db.session.connection()
        text, order, binding = self.engines.get(connection.engine) or self._compiled(connection.engine)
        given = [self._as_bound(row, order, binding) for row in rows]
        cursor = connection.connection.cursor()
        try:
            cursor.execute(text, given[0]) if len(rows) == 1 else cursor.executemany(text, given)
        except connection.dialect.dbapi.Error as error:
            raise DBAPIError.instance(
                text, None, error, connection.dialect.dbapi.Error, hide_parameters=True, dialect=connection.dialect
            ) from error
        return cursor

    def _compiled(self, engine) -> tuple:
        compiled = self.statement().compile(dialect=engine.dialect)
        kinds = [(name, bind.type.dialect_impl(engine.dialect).bind_processor(engine.dialect)) for name, bind in compiled.binds.items()]
        self.engines[engine] = compiled.string, compiled.positiontup, {name: kind for name, kind in kinds if kind}
        return self.engines[engine]

    @staticmethod
    def _as_bound(row: dict, order, binding):
        # A record that is missing is no record, not one that says nothing.
        words = row | {name: bind(row[name]) for name, bind in binding.items() if row[name] is not None}
        return [words[name] for name in order] if order is not None else words


def made(model: type, **values):
    """A new row that has these values, to be written by ``put``: nobody keeps account
    of each. Relationships are not among them."""
    row = model.__mapper__.class_manager.new_instance()  # type: ignore[attr-defined]
    vars(row).update(values)
    return row


def put(row) -> None:
    """Writes a new row now, by itself, and makes it one of the session: the same
    as to add and to flush it. What it points at by a relationship is not looked at."""
    insert_alone(row)
    take_in(row)


def insert_alone(row) -> None:
    """Writes a new row now; it knows its key, and is not the session's yet."""
    statement, columns, key = _inserting(type(row))
    given, words = {}, row.__dict__
    for attribute, name, default in columns:
        value = words.setdefault(attribute, None)
        if value is None and default is not None:
            value = words[attribute] = default()
        given[name] = value
    words[key] = statement(given).fetchone()[0]


def take_in(row, *changed: str) -> None:
    """Makes the row one of the session, after what was changed in it is written too."""
    if changed:
        statement, key = _updating(type(row), changed)
        statement({"its_key": row.__dict__[key], **{name: row.__dict__[name] for name in changed}})
    make_transient_to_detached(row)
    db.session.add(row)


@cache
def _inserting(model: type) -> tuple:
    """The statement; for each column but the key its attribute, name and default; the attribute of the key."""
    table, key = model.__table__, _key(model)  # type: ignore[attr-defined]
    found = [(name, one.name, _default(one)) for name, one in model.__mapper__.columns.items() if name != key]  # type: ignore[attr-defined]
    values = {name: bindparam(name, type_=table.c[name].type) for _attribute, name, _given in found}
    return Written(lambda: insert(table).values(values).returning(*table.primary_key)), found, key


@cache
def _updating(model: type, changed: tuple[str, ...]) -> tuple:
    table, key = model.__table__, _key(model)  # type: ignore[attr-defined]
    values = {name: bindparam(name, type_=table.c[name].type) for name in changed}
    return Written(lambda: update(table).where(table.c[key] == bindparam("its_key")).values(values)), key


def _key(model: type) -> str:
    return model.__table__.primary_key.columns.keys()[0]  # type: ignore[attr-defined]


def _default(column):
    if column.default is None:
        return None
    given = column.default.arg
    return (lambda: given) if column.default.is_scalar else (lambda: given(None))
