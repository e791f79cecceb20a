"""Rows of the session past the mapper's unit of work, where that is most of the cost."""

from functools import cache

from sqlalchemy import JSON, insert
from sqlalchemy.orm import make_transient_to_detached

from fieldapp.database import db


def put(row) -> None:
    """Writes a new row now, by itself, and makes it one of the session: the same
    as to add and to flush it. What it points at by a relationship is not looked at."""
    statement, columns, key = _inserting(type(row))
    given, words = {}, row.__dict__
    for attribute, name, default, may_be_left in columns:
        value = words.setdefault(attribute, None)
        if value is None and default is not None:
            value = words[attribute] = default()
        # A record that is missing is no record, not one that says nothing.
        if value is not None or not may_be_left:
            given[name] = value
    words[key] = db.session.connection().execute(statement, given).inserted_primary_key[0]
    make_transient_to_detached(row)
    db.session.add(row)


@cache
def _inserting(model: type) -> tuple:
    """The statement; for each column its attribute, name, default, and whether
    nothing is left out rather than written; the attribute of the key."""
    table, columns = model.__table__, model.__mapper__.columns  # type: ignore[attr-defined]
    found = [(name, one.name, _default(one), one.primary_key or isinstance(one.type, JSON)) for name, one in columns.items()]
    return insert(table), found, table.primary_key.columns.keys()[0]


def _default(column):
    if column.default is None:
        return None
    given = column.default.arg
    return (lambda: given) if column.default.is_scalar else (lambda: given(None))
