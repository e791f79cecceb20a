"""A key that is missing, damaged or another site's: what needs it fails closed, the rest is read on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp import create_app, journal
from fieldapp.cases import contact_keys, contacts
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.database import db
from fieldapp.keys import Keys, KeyTrouble
from tests import sparing
from tests.reader import read
from tests.reader import visit as go

NAME, PHONE = "某某某", "0998-000-0171"
GIVEN = {"name": NAME, "phone": PHONE, "share_with_unit": False, "chair_only": False}
ROOT = Path(__file__).parents[2]


def missing(path: Path) -> None:
    path.unlink()


def unreadable(path: Path) -> None:
    """Root may read anything, but no folder."""
    path.unlink()
    path.mkdir()


def damaged(path: Path) -> None:
    path.write_bytes(b"\0" * 7)


def foreign(path: Path) -> None:
    path.write_bytes(bytes(32))


def settings(instance: Path) -> dict:
    return {"INSTANCE": instance, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{instance / 'fieldapp.db'}", "TESTING": True}


def run(instance: Path, command: str):
    app = create_app(settings(instance))
    with app.app_context():
        said = app.test_cli_runner().invoke(args=[command])
        db.session.remove()
        db.engine.dispose()
    return said


@pytest.fixture
def site(tmp_path):
    sparing.lay_out(tmp_path, with_cast=True)
    app = create_app(settings(tmp_path))
    with app.app_context():
        journal.record("case:1", "note", None)
        db.session.commit()
        db.engine.dispose()
    return tmp_path


def started(instance: Path) -> subprocess.CompletedProcess:
    """What a worker imports."""
    env = {**os.environ, "FIELDAPP_INSTANCE": str(instance), "FIELDAPP_TICK_EVERY": "0", "DATABASE_URL": ""}
    return subprocess.run([sys.executable, "-c", "import wsgi"], cwd=ROOT, env=env, capture_output=True, text=True)


def test_with_a_foreign_master_key_a_site_is_not_served(site):
    foreign(site / "keys" / "master.key")
    begun = started(site)
    assert begun.returncode == 1 and "does not start" in begun.stderr and "master.key" in begun.stderr
    assert "Traceback" not in begun.stderr


@pytest.mark.parametrize("spoil", [missing, unreadable, damaged])
def test_without_its_master_key_a_site_has_no_application_and_makes_no_other_key(site, spoil):
    key = site / "keys" / "master.key"
    spoil(key)
    with pytest.raises(KeyTrouble, match=r"master\.key"):
        create_app(settings(site))
    assert spoil is not missing or not key.exists()


def test_the_database_is_not_brought_up_to_date_under_a_foreign_key_and_the_doctor_and_verify_name_it(site):
    assert run(site, "doctor").exit_code == 0
    foreign(site / "keys" / "master.key")
    for command, words in (("init", "not the key of this database"), ("doctor", "NOT master.key"), ("verify", "tampered")):
        said = run(site, command)
        assert said.exit_code == 1 and words in said.output, said.output


def test_a_key_that_goes_while_the_site_runs_is_missed_at_the_next_start_alone(app, cast, visit, tmp_path):
    missing(tmp_path / "keys" / "master.key")
    assert visit("chair").get("/desk").status_code == 200
    with pytest.raises(KeyTrouble):
        Keys(tmp_path / "keys", fresh=False)


@pytest.fixture
def matter(app, cast):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    case = cast.logs("deputy")
    contacts.seal_contact(case, GIVEN)
    db.session.commit()
    return case


def spoilt(path: Path, spoil) -> None:
    if spoil is foreign:
        contact_keys.place().unlink()
        with contact_keys.sqlite.connect(path) as file:
            file.execute("CREATE TABLE key (case_id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL)")
            file.executemany("INSERT INTO key VALUES (?, ?)", [(number, os.urandom(60)) for number in (1, 50)])
        file.close()
    elif spoil is damaged:
        path.write_bytes(b"no database at all" * 100)
    else:
        spoil(path)


@pytest.mark.parametrize("spoil", [missing, unreadable, damaged, foreign])
def test_without_the_contacts_keys_nothing_opens_nothing_is_kept_and_everything_else_goes_on(app, cast, visit, matter, caplog, spoil):
    chair, place = visit("chair"), contact_keys.place()
    look = go(chair, f"/cases/{matter.number}").form("/contact")
    new = go(chair, "/cases/new").form("/cases/new")
    where = {name: str(one.id) for name, one in (("category", cast.category()), ("village", cast.area("v01")))}
    paper = {**new.values, **where, "deputy_id": str(cast["deputy"].id), "source": "paper", "narrative": "水渠淤堵"}
    kept = place.read_bytes()
    spoilt(place, spoil)
    now_there = place.read_bytes() if place.is_file() else None
    for address, data in (
        (look.action, {**look.values, "reason": "回访"}),
        ("/cases/new", {**paper, "contact_name": "某某", "contact_phone": "0998-000-0172"}),
    ):
        caplog.clear()
        reply = chair.post(address, data=data)
        assert reply.status_code == 500
        page = read(reply)
        signs = [record.getMessage().split()[0] for record in caplog.records if record.levelname == "ERROR"]
        assert [sign for sign in signs if sign in page.text]
        assert not [word for word in ("Traceback", "contacts.db", NAME, PHONE) if word in page.html]
        assert not [word for word in (NAME, PHONE, "0998-000-0172") if word in caplog.text]
    # Nothing half kept, nothing put in the place of what is missing.
    assert (place.read_bytes() if place.is_file() else None) == now_there
    assert db.session.scalar(db.select(db.func.count(Case.id))) == db.session.scalar(db.select(db.func.count(Contact.case_id))) == 1
    for page in ("/desk", "/ledger", f"/cases/{matter.number}"):
        assert chair.get(page).status_code == 200
    assert chair.post("/cases/new", data=paper).status_code == 303
    sick = app.test_cli_runner().invoke(args=["doctor"])
    assert sick.exit_code == 1 and "NOT contacts.db" in sick.output
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    place.write_bytes(kept)
    assert contacts.open_contact(matter)["phone"] == PHONE


def test_an_empty_file_gives_lost_contacts_up_and_new_ones_are_kept(app, cast, matter):
    contact_keys.place().write_bytes(b"")
    with pytest.raises(contacts.Forgotten):
        contacts.open_contact(matter)
    other = cast.logs("deputy")
    contacts.seal_contact(other, GIVEN)
    db.session.commit()
    assert contacts.open_contact(other)["phone"] == PHONE


@pytest.mark.parametrize("spoil", [unreadable, damaged])
def test_without_the_seal_phones_wait_and_everything_else_goes_on(app, cast, visit, tmp_path, caplog, spoil):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.config["KEYS"].seal
    spoil(tmp_path / "keys" / "seal.pem")
    app.config["KEYS"].__dict__.pop("seal")
    deputy = visit("deputy")
    answer = deputy.get("/field/session")
    assert answer.status_code == 500 and answer.is_json and "seal.pem" in caplog.text
    with pytest.raises(KeyTrouble):
        contacts.read_from_phone("a.b.c.d.e")
    for page in ("/field", "/ledger"):
        assert deputy.get(page).status_code == 200
    assert "NOT" in app.test_cli_runner().invoke(args=["doctor"]).output
