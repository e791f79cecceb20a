"""Writers of an SQLite database take turns: nobody is overtaken for seconds, and no turn is lost."""

import threading

import pytest

from fieldapp import turns
from fieldapp.database import db
from fieldapp.turns import Turns
from tests.field.phone import Phone, a_record


@pytest.fixture
def both(tmp_path):
    """The turns of one database, as two processes have them."""
    return [Turns(str(tmp_path / "turn")) for _process in range(2)]


def test_another_process_waits_until_the_turn_is_given(both):
    mine, theirs = both
    assert mine.take()
    had = threading.Event()
    waiting = threading.Thread(target=lambda: theirs.take() and had.set())
    waiting.start()
    assert not had.wait(0.05)
    mine.give()
    assert had.wait(10)
    waiting.join()
    theirs.give()


def test_a_turn_that_never_comes_is_not_waited_for_for_ever(both, monkeypatch):
    monkeypatch.setattr(turns, "WAIT", 0.05)
    mine, theirs = both
    assert mine.take() and not mine.take()
    # SQLite itself says then that it is locked.
    assert theirs.take()
    theirs.give()
    mine.give()
    assert mine.take()


def test_where_no_file_can_be_made_this_process_alone_takes_turns(tmp_path):
    alone = Turns(str(tmp_path / "no such folder" / "turn"))
    assert alone.take()
    alone.give()


def test_the_turn_is_given_back_after_every_request_also_a_refused_one(app, visit, monkeypatch):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets several write.")
    monkeypatch.setattr(turns, "WAIT", 0.05)
    phone = Phone(visit("deputy"))
    for record in (a_record(), a_record(slip="0" * 26), a_record(category="nothing"), b"damaged", a_record()):
        phone.sync(record)
    db.session.remove()
    (mine,) = [turns._turns(db.engine.url.database, turns.os.getpid())]
    assert mine.take()
    mine.give()
