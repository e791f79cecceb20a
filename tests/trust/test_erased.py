"""What was erased lies in no file, and no old copy brings it back; what is kept names nobody."""

import os
import re
import tarfile
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy.orm import joinedload

from fieldapp.cases import contact_keys, contacts
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.database import clock_at, db, now, sqlite

KNOWN = int(os.environ.get("FAULT_CONTACTS", "1000"))


def number(n: int) -> str:
    return f"0998-{7_000_000 + n * 7919:07d}"


@pytest.fixture
def keys(app, monkeypatch):
    """The file of keys as the program has it, held open and not waited for."""
    with contact_keys._file() as _made:
        pass
    file = sqlite.connect(app.config["KEYS"].folder / "contacts.db", isolation_level=None)
    for pragma in ("secure_delete=ON", "synchronous=OFF"):
        file.execute(f"PRAGMA {pragma}").close()
    monkeypatch.setattr(contact_keys, "_file", lambda: nullcontext(file))
    yield
    file.close()


@pytest.fixture
def sealed(cast, keys):
    """As many cases with a contact each, all of them over."""
    case = cast.brings("withdrawn")
    columns = [column for column in Case.__table__.columns if column.name not in ("id", "key", "number")]
    row = {column.name: getattr(case, column.name) for column in columns}
    rows = [{**row, "key": f"k{n}", "number": f"1999-{n:05d}"} for n in range(KNOWN)]
    db.session.execute(db.insert(Case), rows)
    db.session.commit()
    cases = list(
        db.session.scalars(db.select(Case).options(joinedload(Case.contact)).where(Case.number.like("1999-%")).order_by(Case.number))
    )
    for n, one in enumerate(cases):
        contacts.seal_contact(one, {"name": f"某某{n}", "phone": number(n)})
    db.session.commit()
    return cases


def files(*folders) -> list:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def written(n: int) -> list[bytes]:
    """As it may lie about: as it was typed, its digits alone, the name beside it."""
    return [number(n).encode(), re.sub(r"\D", "", number(n)).encode(), number(n).encode("utf-16-le"), f'某某{n}"'.encode()]


def test_of_a_thousand_erased_contacts_no_byte_is_left_in_any_file_and_no_old_copy_opens_one(app, cast, sealed, tmp_path):
    run = app.test_cli_runner().invoke
    blobs = {row.case_id: row.sealed for row in db.session.scalars(db.select(Contact))}
    keys = {case.id: contact_keys.find(case.id) for case in sealed[:20]}
    db.session.rollback()
    assert run(args=["backup", str(tmp_path / "copy.tar.gz")]).exit_code == 0
    with tarfile.open(tmp_path / "copy.tar.gz") as archive:
        archive.extractall(tmp_path / "opened", filter="data")
    with clock_at(now() + timedelta(days=31)):
        assert contacts.erase_due() == KNOWN
    everything = {path: path.read_bytes() for path in files(tmp_path)}
    wanted = re.compile(b"|".join(re.escape(word) for n in range(KNOWN) for word in written(n)))
    assert {path.name for path in everything} >= {"fieldapp.db", "contacts.db", "copy.tar.gz"}
    assert not [path for path, kept in everything.items() if wanted.search(kept)]
    live = b"".join(kept for path, kept in everything.items() if "opened" not in path.parts and path.name != "copy.tar.gz")
    assert not [case_id for case_id, blob in blobs.items() if blob[12:60] in live]
    assert not [case_id for case_id, key in keys.items() if key in live] and contact_keys.find(sealed[0].id) is None
    # The old rows, put back beside today's keys, open nothing.
    for case in sealed[:20]:
        db.session.add(Contact(case_id=case.id, sealed=blobs[case.id], erase_at=now()))
    db.session.commit()
    for case in sealed[:20]:
        db.session.refresh(case)
        with pytest.raises(contacts.Forgotten):
            contacts.open_contact(case)


def test_the_same_number_in_a_thousand_cases_leaves_no_equal_bytes(keys):
    same = {"name": "某某某", "phone": "0998-000-0171"}
    rows = [contacts._seal(case_id, same) for case_id in range(1, KNOWN + 1)]
    parts = [row[n : n + 8] for row in rows for n in range(0, len(row) - 7, 8)]
    assert len(rows) == KNOWN and len(set(parts)) == len(parts) and len({len(row) for row in rows}) == 1
    # What lies beside the sealed bytes is no mark of the number either.
    assert set(Contact.__table__.columns.keys()) == {"case_id", "sealed", "share_with_unit", "chair_only", "erase_at"}
    assert {index.name for index in Contact.__table__.indexes} == {"ix_contact_erase_at"}
