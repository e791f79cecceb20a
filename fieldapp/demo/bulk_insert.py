"""Inserting very many rows: values as the driver takes them, and what slows it down set aside meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.schema import AddConstraint, DropConstraint

# Rows in one statement.
AT_ONCE = 200


def add(connection: Connection, table: Table, columns: tuple[str, ...], values: list) -> None:
    """``values`` of row after row, one for each of the columns."""
    dialect, cursor, width = connection.dialect, connection.connection.cursor(), len(columns)
    quoted = dialect.identifier_preparer.quote
    head = f"INSERT INTO {quoted(table.name)} ({', '.join(map(quoted, columns))})"
    row = f"({', '.join(['?' if dialect.paramstyle == 'qmark' else '%s'] * width)})"
    for begin in range(0, len(values), AT_ONCE * width):
        some = values[begin : begin + AT_ONCE * width]
        cursor.execute(f"{head} VALUES {', '.join([row] * (len(some) // width))}", some)


@contextmanager
def set_aside(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Indexes are made faster at once than row by row; and rows that point at
    each other, a case and its answer, have no order that a server would take.
    All of it belongs to the present transaction, and is undone with it."""
    indexes = sorted((index for table in tables for index in table.indexes), key=lambda index: str(index.name))
    server = connection.dialect.name != "sqlite"
    circles = [key.constraint for table in tables for key in table.foreign_keys if server and key.use_alter and key.constraint]
    for index in indexes:
        index.drop(connection)
    for circle in circles:
        connection.execute(DropConstraint(circle))
    yield
    for index in indexes:
        index.create(connection)
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
