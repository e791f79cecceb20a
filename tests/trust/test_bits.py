"""Whichever bit of the timeline is turned by hand, ``flask verify`` names the row."""

import os
import random

import pytest

from fieldapp import journal
from fieldapp.cases.verifying import findings
from fieldapp.database import db, sqlite

BITS = int(os.environ.get("FAULT_BITS", "150"))


@pytest.fixture
def rows(cast):
    """The rows as they lie on disk, with the triggers gone: what root can do with the file."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("Bits are turned in the file of an SQLite site.")
    case = cast.brings("settled")
    cast.does("resident", case, "remark", remark="谢谢，辛苦了")
    for act in ("update", "delete"):
        db.session.execute(db.text(f"DROP TRIGGER timeline_no_{act}"))
    names = [column.name for column in journal.Entry.__table__.columns if column.name != "id"]
    kept = db.session.execute(
        db.text(f"SELECT id, {', '.join(f'CAST({name} AS BLOB) AS {name}' for name in names)} FROM timeline")
    ).mappings()
    found = [dict(row) for row in kept]
    db.session.commit()
    return found


def turned(value: bytes, chance) -> bytes:
    place, bit = chance.randrange(len(value)), 1 << chance.randrange(8)
    return value[:place] + bytes([value[place] ^ bit]) + value[place + 1 :]


@pytest.fixture
def put(rows, tmp_path):
    """Writes into the file beside the program, as the bytes that they are: a number stays a number."""
    file = sqlite.connect(tmp_path / "fieldapp.db", isolation_level=None)
    file.execute("PRAGMA synchronous=OFF")

    def write(row: int, name: str, value: bytes):
        number = isinstance(journal.Entry.__table__.c[name].type, db.Integer | db.Boolean) and value.isdigit()
        db.session.rollback()
        file.execute(f"UPDATE timeline SET {name} = CAST(? AS {'INTEGER' if number else 'TEXT'}) WHERE id = ?", (value, row))

    yield write
    file.close()


def test_every_bit_that_is_turned_in_any_column_is_found_and_its_row_named(rows, put):
    chance, missed, met = random.Random(11), [], set()
    cells = [(row["id"], name) for row in rows for name in row if name != "id" and row[name]]
    for _bit in range(BITS):
        row, name = chance.choice(cells)
        value = next(one[name] for one in rows if one["id"] == row)
        changed = turned(value, chance)
        put(row, name, changed)
        met.add(name)
        if not any(f"timeline row {row} " in sentence for sentence in findings()):
            missed.append((row, name, value, changed))
        put(row, name, value)
    assert missed == [] and len(met) >= 10
    assert list(findings()) == []


def test_rows_that_changed_places_are_found(rows):
    one, other = rows[3]["id"], rows[4]["id"]
    for old, new in ((one, -1), (other, one), (-1, other)):
        db.session.execute(db.text("UPDATE timeline SET id = :new WHERE id = :old"), {"new": new, "old": old})
    db.session.commit()
    assert any(f"timeline row {one} " in sentence for sentence in findings())
