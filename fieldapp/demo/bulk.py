"""A case that was played, as a pattern for many: its rows, without what each has of its own."""

from collections.abc import Callable

from sqlalchemy import Select, Table, select

from fieldapp import journal
from fieldapp.cases.case import Case
from fieldapp.cases.lookback import Lookback
from fieldapp.cases.outcome import Answer, Feedback, Handover, Inspection, Verdict
from fieldapp.cases.search import CaseWord
from fieldapp.database import db

CASES: Table = Case.__table__  # type: ignore[assignment]
ENTRIES: Table = journal.Entry.__table__  # type: ignore[assignment]
# What belongs to a case by its id, and is copied with it.
OWNED: list[Table] = [model.__table__ for model in (Answer, Inspection, Feedback, Verdict, Handover, Lookback)]  # type: ignore[misc]


class Mould:
    """A row's values as the driver takes them, in the order of the table's columns."""

    def __init__(self, table: Table, row):
        dialect = db.engine.dialect
        turns = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
        self.table = table.name
        self.values = [value if value is None or turn is None else turn(value) for value, turn in zip(row, turns, strict=True)]
        self.places = {column.name: place for place, column in enumerate(table.columns)}

    def filled(self, **own) -> list:
        values = self.values.copy()
        for name, value in own.items():
            values[self.places[name]] = value
        return values


class Pattern:
    """The case's own row, the first, and those that belong to it: each with the
    places where a copy has another id, their table, and which of the case's
    rows there is meant."""

    def __init__(self, case: Case, share: float):
        self.share, self.year = share, case.number.split("-")[0]
        self.words = list(db.session.scalars(select(CaseWord.word).where(CaseWord.case_id == case.id)))
        found = {CASES: _rows(select(CASES).where(CASES.c.id == case.id))}
        found |= {table: _rows(select(table).where(table.c.case_id == case.id)) for table in OWNED}
        known = {(table.name, row.id): nth for table, rows in found.items() for nth, row in enumerate(rows)}
        self.rows = [(Mould(table, row), _ids(table, row, known)) for table, rows in found.items() for row in rows]
        self.counts = [(table.name, len(rows)) for table, rows in found.items() if rows]
        entries = _rows(select(ENTRIES).where(ENTRIES.c.thing == case.thing).order_by(ENTRIES.c.id))
        # With what seals its copies.
        self.entries: list[tuple[Mould, Callable]] = [(Mould(ENTRIES, row), journal.sealing(row._mapping)) for row in entries]


def _rows(query: Select) -> list:
    return list(db.session.execute(query))


def _ids(table: Table, row, known: dict[tuple[str, int], int]) -> list[tuple[int, str, int]]:
    found = []
    for place, column in enumerate(table.columns):
        kinds = [table.name] if column.primary_key else [key.column.table.name for key in column.foreign_keys]
        found += [(place, kind, known[kind, row[place]]) for kind in kinds if (kind, row[place]) in known]
    return found
