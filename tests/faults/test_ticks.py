"""The real server, two workers, killed and started again under a moved clock."""

import time
from datetime import UTC, date, datetime

import pytest

from fieldapp import create_app, journal, ticking
from fieldapp.database import clock_at, db
from tests.cast import Cast
from tests.faults.server import Server


@pytest.fixture
def site(tmp_path):
    app = create_app({"INSTANCE": tmp_path, "TESTING": True})
    with app.app_context():
        db.create_all()
        cast = Cast()
        with clock_at(datetime(2026, 3, 2, 4, tzinfo=UTC)):
            case = cast.logs()
            cast.does("chair", case, "handover", unit=cast.unit(), limit=15, summary="渠道")
        yield case
        db.session.remove()
        db.engine.dispose()


def words(case) -> list[str]:
    db.session.rollback()
    said = [entry.facts["stage"] for entry in journal.of(case.thing) if entry.act == "urge"]
    db.session.rollback()
    return said


def until(found, seconds=240):
    end = time.monotonic() + seconds
    while not found() and time.monotonic() < end:
        time.sleep(0.2)
    assert found()


def test_the_server_urges_by_itself_once_also_when_killed_and_after_days_switched_off(site, tmp_path):
    case = site
    assert case.due == date(2026, 3, 23)
    db.session.rollback()
    server = Server(tmp_path)
    server.environment |= {"FIELDAPP_TICK_EVERY": "1"}
    for moment, said in (
        ("2026-03-17T04:00", []),
        ("2026-03-18T04:00", ["before"]),
        ("2026-03-18T05:00", ["before"]),
        ("2026-04-09T04:00", ["before", "late-11"]),
    ):
        server.environment["FAULT_CLOCK"] = f"{moment}:00+00:00"
        before = _last_done()
        server.start()
        try:
            until(lambda before=before: _last_done() not in (None, before))
            time.sleep(2.5)
        finally:
            server.kill()
        assert words(case) == said
    assert case.urges == 2


def _last_done():
    """Outside a request a transaction locks at once: it ends before anybody waits."""
    db.session.rollback()
    moment = ticking.last_done()
    db.session.rollback()
    return moment
