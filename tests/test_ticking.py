"""The timed duties: one process at a time, none kept from theirs by another's failure."""

from datetime import timedelta

import pytest

from fieldapp import ticking
from fieldapp.database import clock_at, db, now


@pytest.fixture
def duties(app):
    """Replaces the site's duties by a list of what was done."""
    did = []
    app.extensions["ticks"] = [("first", lambda: did.append("first") or 1), ("second", lambda: did.append("second") or 2)]
    return did


def test_while_one_holds_the_lease_another_does_nothing(duties):
    assert ticking.turn("one", 300)
    assert not ticking.turn("two", 300)
    assert ticking.turn("one", 300)
    assert duties == ["first", "second"] * 2


def test_a_process_that_was_killed_is_followed_by_the_next(duties):
    assert ticking.take("killed", 900)
    with clock_at(now() + timedelta(seconds=899)):
        assert not ticking.turn("next", 300)
    with clock_at(now() + timedelta(seconds=901)):
        assert ticking.turn("next", 300)
        assert not ticking.turn("killed", 300)


def test_a_lease_taken_under_a_clock_years_ahead_is_not_waited_for(duties):
    with clock_at(now() + timedelta(days=4000)):
        assert ticking.take("ahead", 900)
    assert ticking.turn("next", 300)


def test_a_duty_that_fails_keeps_no_other_from_theirs_and_is_logged(app, duties, caplog):
    def fails():
        db.session.execute(db.text("SELECT * FROM nowhere"))

    app.extensions["ticks"].insert(0, ("third", fails))
    assert ticking.turn("one", 300)
    assert duties == ["first", "second"]
    assert "A timed duty failed: third" in caplog.text
    result = app.test_cli_runner().invoke(args=["tick"])
    assert result.exit_code == 1 and "1 first." in result.output


def test_a_lease_lost_on_the_way_ends_the_round(app, duties):
    assert ticking.take("one", 900)
    done, _failed = ticking.do_duties(lambda: False)
    assert done == [(1, "first")] and ticking.last_done() is None


def test_the_monitor_reads_when_they_were_last_done(app, visit, duties):
    assert visit().get("/healthz").json == {"status": "ok", "ticked": None}
    ticking.turn("one", 300)
    assert visit().get("/healthz").json["ticked"].startswith(f"{now():%Y-%m-%d}T")


def test_the_command_line_starts_no_thread(app, monkeypatch):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    assert ticking.start(app) is None
    monkeypatch.delenv("FLASK_RUN_FROM_CLI")
    app.config["TICK_EVERY"] = 0
    assert ticking.start(app) is None


def test_the_real_duties_do_nothing_twice(app, cast):
    cast.brings("accepted")
    first, second = (app.test_cli_runner().invoke(args=["tick"]) for _round in range(2))
    assert first.exit_code == second.exit_code == 0
    assert "0 units urged." in second.output
