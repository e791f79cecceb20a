"""Inserting very many rows: values as the driver takes them, and what slows it down set aside meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.schema import AddConstraint, DropConstraint

# Rows in one statement.
AT_ONCE = 200


def add(connection: Connection, table: Table, values: list) -> None:
    """``values`` of row after row, one for every column, in their order."""
    dialect, cursor, width = connection.dialect, connection.connection.cursor(), len(table.columns)
    head = str(insert(table).compile(dialect=dialect)).split(" VALUES ")[0]
    row = f"({', '.join(['?' if dialect.paramstyle == 'qmark' else '%s'] * width)})"
    for begin in range(0, len(values), AT_ONCE * width):
        some = values[begin : begin + AT_ONCE * width]
        cursor.execute(f"{head} VALUES {', '.join([row] * (len(some) // width))}", some)


@contextmanager
def set_aside(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Indexes are made faster at once than row by row; and rows that point at
    each other, a case and its answer, have no order that a server would take."""
    indexes = sorted((index for table in tables for index in table.indexes), key=lambda index: str(index.name))
    server = connection.dialect.name != "sqlite"
    circles = [key.constraint for table in tables for key in table.foreign_keys if server and key.use_alter and key.constraint]
    with connection.begin():
        for index in indexes:
            index.drop(connection)
        for circle in circles:
            connection.execute(DropConstraint(circle))
    try:
        yield
    finally:
        for index in indexes:
            with connection.begin():
                index.create(connection)
        with connection.begin():
            for circle in circles:
                connection.execute(AddConstraint(circle))
            if server:
                _count_on(connection, tables)


def _count_on(connection: Connection, tables: list[Table]) -> None:
    """A server's sequences do not know of ids that were given."""
    for table in tables:
        if "id" in table.c:
            sequence = func.pg_get_serial_sequence(text(f"'\"{table.name}\"'"), "id")
            connection.execute(select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery())))
