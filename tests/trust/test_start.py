"""Which SQLite a site runs on is looked at when it starts, and said."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from fieldapp import create_app, database
from fieldapp.database import db
from tests import sparing


@pytest.mark.parametrize(
    "version, sound", [((3, 7, 0), False), ((3, 46, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 0), True), ((4, 0), True)]
)
def test_a_library_with_the_wal_reset_race_keeps_a_rollback_journal_and_says_so(monkeypatch, version, sound):
    monkeypatch.setattr(database, "WAL_IS_SOUND", version >= database.SOUND_SINCE)
    assert database.journal_mode() == ("WAL" if sound else "DELETE")
    assert ("rollback journal" in database.said_at_start("sqlite:///x")) is not sound


@pytest.fixture
def waiting_for_the_disk():
    event.remove(Engine, "connect", sparing.never_wait_for_the_disk)
    yield
    event.listen(Engine, "connect", sparing.never_wait_for_the_disk)


@pytest.mark.usefixtures("waiting_for_the_disk")
def test_the_start_says_which_library_and_the_database_keeps_to_it(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "WAL_IS_SOUND", False)
    site = create_app({"INSTANCE": tmp_path, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'fieldapp.db'}"})
    with site.app_context():
        said = site.test_cli_runner().invoke(args=["init"]).output
        assert f"SQLite {database.sqlite.sqlite_version}" in said and "rollback journal" in said
        assert db.session.execute(db.text("PRAGMA journal_mode")).scalar() == "delete"
        assert db.session.execute(db.text("PRAGMA synchronous")).scalar() == 2
        db.session.remove()
        db.engine.dispose()
