"""A case that was played, as a pattern for many: its rows stand in moulds beside
the tables, and the database itself fills the tables from there. A copy brings
along only what it has of its own."""

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, select
from sqlalchemy.sql import Executable

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
COUNTED = [CASES, *OWNED]

BESIDE = MetaData()


def _mould(table: Table) -> Table:
    """A table's columns, and which pattern a row belongs to. Ids count from the case's first row."""
    columns = [Column(column.name, column.type) for column in table.columns]
    return Table(f"mould_{table.name}", BESIDE, *columns, Column("pattern", Integer, index=True), prefixes=["TEMPORARY"])


MOULDS = {table.name: _mould(table) for table in COUNTED}
# Those of the timeline have a number each.
PHRASES = Table(
    "mould_timeline",
    BESIDE,
    Column("id", Integer, primary_key=True),
    *(Column(column.name, column.type) for column in ENTRIES.columns if column.name != "id"),
    prefixes=["TEMPORARY"],
)
# What copies have of their own, until they stand in the tables; a table's name: its first row's id.
COPIED = Table(
    "copied",
    BESIDE,
    *(Column(table.name, Integer, primary_key=table is CASES, autoincrement=False) for table in COUNTED),
    *(Column(name, Integer) for name in ("pattern", "village_id")),
    *(Column(name, String) for name in ("key", "number", "head")),
    prefixes=["TEMPORARY"],
)
SAID = Table(
    "said",
    BESIDE,
    *(Column(name, Integer, primary_key=name == "id", autoincrement=False) for name in ("id", "phrase")),
    *(Column(name, String) for name in ("thing", "previous", "hash")),
    prefixes=["TEMPORARY"],
)


class Pattern:
    """``counts``: how many rows of each table a copy has; ``phrases``: its timeline, with what seals each entry."""

    def __init__(self, case: Case, share: float):
        self.share, self.year = share, case.number.split("-")[0]
        self.words = list(db.session.scalars(select(CaseWord.word).where(CaseWord.case_id == case.id)))
        found = {CASES: _rows(select(CASES).where(CASES.c.id == case.id))}
        found |= {table: _rows(select(table).where(table.c.case_id == case.id).order_by(table.c.id)) for table in OWNED}
        places = {(table.name, row["id"]): place for table, rows in found.items() for place, row in enumerate(rows)}
        self.rows = {table.name: [_placed(table, row, places) for row in rows] for table, rows in found.items()}
        self.counts = [len(rows) for rows in found.values()]
        self.phrases = _rows(select(ENTRIES).where(ENTRIES.c.thing == case.thing).order_by(ENTRIES.c.id))
        self.seals = [journal.sealing(row) for row in self.phrases]


def _rows(query) -> list[dict]:
    return [dict(row) for row in db.session.execute(query).mappings()]


def _placed(table: Table, row: dict, places: dict) -> dict:
    """With the place among the case's rows instead of each of its ids."""
    own = {name: places[kind, row[name]] for name, kind in _kinds(table).items() if row[name] is not None}
    return row | own


def _kinds(table: Table) -> dict[str, str]:
    """The columns that point at a row of the same case, and that row's table. A
    case that another one joined is not its own."""
    kinds = {"id": table.name}
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table in COUNTED and key.column.table is not table:
                kinds[column.name] = key.column.table.name
    return kinds


def lay_out(connection: Connection, patterns: list[Pattern]) -> None:
    """Makes the moulds."""
    BESIDE.create_all(connection, checkfirst=False)
    for table in COUNTED:
        rows = [row | {"pattern": number} for number, pattern in enumerate(patterns) for row in pattern.rows[table.name]]
        if rows:
            connection.execute(insert(MOULDS[table.name]), rows)
    phrases = [row for pattern in patterns for row in pattern.phrases]
    connection.execute(insert(PHRASES), [row | {"id": number} for number, row in enumerate(phrases)])


def _filling(table: Table) -> Executable:
    mould, kinds = MOULDS[table.name], _kinds(table)
    own = {"key", "number", "village_id", "head"} if table is CASES else set()
    values = {column.name: (COPIED if column.name in own else mould).c[column.name] for column in table.columns}
    values |= {name: COPIED.c[kind] + mould.c[name] for name, kind in kinds.items()}
    found = select(*values.values()).select_from(COPIED.join(mould, mould.c.pattern == COPIED.c.pattern))
    return insert(table).from_select(list(values), found)


def _telling() -> Executable:
    values = {column.name: (SAID if column.name in SAID.columns else PHRASES).c[column.name] for column in ENTRIES.columns}
    found = select(*values.values()).select_from(SAID.join(PHRASES, PHRASES.c.id == SAID.c.phrase))
    return insert(ENTRIES).from_select(list(values), found)


# What fills the tables with the copies that were brought, and lets these go.
FILLING = [*(_filling(table) for table in COUNTED), _telling(), COPIED.delete(), SAID.delete()]
