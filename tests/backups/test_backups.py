"""A copy while the site runs, and the way back."""

import tarfile

import pytest

from fieldapp.cases import contacts, pictures
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.demo.drawing import scene


def test_a_copy_brings_everything_back_and_holds_no_key(app, cast, tmp_path):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("The command copies SQLite's file; pg_dump copies a database of PostgreSQL.")
    case = cast.brings("answered")
    pictures.store(scene(1), case=case, purpose="matter", author=cast["deputy"])
    contacts.seal_contact(case, {"name": "某某某", "phone": "13800138000", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    number, run = case.number, app.test_cli_runner().invoke
    copied = run(args=["backup", str(tmp_path / "copy.tar.gz")])
    assert copied.exit_code == 0, copied.output
    with tarfile.open(tmp_path / "copy.tar.gz") as archive:
        names = archive.getnames()
    assert "fieldapp.db" in names and any(name.endswith(".jpg") for name in names) and not any("key" in name for name in names)
    cast.does("chair", case, "rework", reason="还没有好")
    db.session.remove()
    refused = run(args=["restore", str(tmp_path / "copy.tar.gz")])
    assert refused.exit_code == 1 and "--replace" in refused.output
    back = run(args=["restore", str(tmp_path / "copy.tar.gz"), "--replace"])
    assert back.exit_code == 0 and "Everything holds" in back.output, back.output
    found = db.session.scalar(db.select(Case).where(Case.number == number))
    assert found.state == "answered" and pictures.path_of(found.photos[0]).exists()
    assert list(tmp_path.glob("before-restore-*/fieldapp.db"))


def test_the_doctor_names_a_key_that_others_may_read(app, cast):
    run = app.test_cli_runner().invoke
    assert "NOT" not in run(args=["doctor"]).output
    (app.config["KEYS"].folder / "master.key").chmod(0o644)
    sick = run(args=["doctor"])
    assert sick.exit_code == 1 and "NOT master.key" in sick.output


def test_verify_misses_a_file_and_says_which(app, cast, tmp_path):
    case = cast.logs()
    photo = pictures.store(scene(1), case=case, purpose="matter", author=cast["deputy"])
    db.session.commit()
    assert app.test_cli_runner().invoke(args=["verify"]).exit_code == 0
    pictures.path_of(photo).unlink()
    assert "its file" in app.test_cli_runner().invoke(args=["verify"]).output
