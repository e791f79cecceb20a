"""Inserting many rows of one table: types turned by the dialect's own rules, one statement a batch."""

from operator import itemgetter

from sqlalchemy import Connection, Table, insert


class Inserting:
    """``rows`` are dicts with the same keys; columns that they leave out take their defaults."""

    def __init__(self, table: Table, connection: Connection):
        self.table, self.connection = table, connection
        self.statement = ""
        self.constants: dict = {}

    def insert(self, rows: list[dict]) -> None:
        if not self.statement:
            self._prepare(set(rows[0]))
        if self.constants:
            rows = [{**self.constants, **row} for row in rows]
        columns = [self._column(rows, name, turn) for name, turn in self.columns]
        self.connection.exec_driver_sql(self.statement, list(zip(*columns, strict=True)))

    @staticmethod
    def _column(rows: list[dict], name: str, turn) -> list:
        values = map(itemgetter(name), rows)
        return [value if value is None else turn(value) for value in values] if turn else list(values)

    def _prepare(self, given: set[str]) -> None:
        dialect = self.connection.dialect
        for column in self.table.columns:
            if column.name not in given and column.default is not None:
                self.constants[column.name] = column.default.arg(None) if column.default.is_callable else column.default.arg
        names = given | set(self.constants)
        kept = [column for column in self.table.columns if column.name in names]
        self.columns = [(column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in kept]
        mark = "?" if dialect.paramstyle == "qmark" else "%s"
        compiled = str(insert(self.table).values({column.name: None for column in kept}).compile(dialect=dialect))
        self.statement = f"{compiled[: compiled.index('VALUES')]}VALUES ({', '.join([mark] * len(kept))})"
