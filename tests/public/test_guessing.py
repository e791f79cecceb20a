"""Wrong codes are counted and slowed; right ones never wait for them."""

import threading

import pytest

from fieldapp.database import db
from fieldapp.people.session import Failure
from fieldapp.public import guessing
from fieldapp.slips.codes import code_of, pool_for

WRONG = "/s/" + "A" * 26


@pytest.fixture
def pauses(monkeypatch):
    taken = []
    monkeypatch.setattr(guessing.time, "sleep", taken.append)
    return taken


def failures() -> int:
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(Failure))


def test_only_wrong_codes_are_counted_by_an_address_that_is_not_kept(cast, visit):
    address = f"/s/{code_of(pool_for(cast['deputy'])[0])}"
    for _time in range(3):
        visit().get(address)
    assert failures() == 0
    visit().get(WRONG)
    assert failures() == 1
    assert "127.0.0.1" not in db.session.scalar(db.select(Failure.subject))


def test_two_hundred_residents_behind_the_address_of_a_guesser_are_never_kept_waiting(cast, visit, pauses, monkeypatch):
    monkeypatch.setattr(guessing, "FREE", 3)
    slips = pool_for(cast["deputy"], least=200)
    for _guess in range(6):
        assert visit().get(WRONG).status_code == 404
    assert pauses == [guessing.PAUSE] * 3
    pauses.clear()
    assert {visit().get(f"/s/{code_of(slip)}").status_code for slip in slips[:200]} == {200}
    assert not pauses


def test_guessing_neither_fills_the_disk_nor_takes_the_servers_threads(cast, visit, pauses, monkeypatch):
    monkeypatch.setattr(guessing, "FREE", 0)
    monkeypatch.setattr(guessing, "MOST", 4)
    busy = threading.BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(guessing, "_waiting", busy)
    for _guess in range(8):
        assert visit().get(WRONG).status_code == 404
    assert failures() == 4 and not pauses


def test_the_refusal_is_the_same_however_often_it_was_given(cast, visit, pauses, monkeypatch):
    monkeypatch.setattr(guessing, "FREE", 1)
    replies = [visit().get(WRONG) for _guess in range(4)]
    assert len({reply.data for reply in replies}) == 1
    assert len({tuple(sorted(pair for pair in reply.headers.items() if pair[0] != "Date")) for reply in replies}) == 1
