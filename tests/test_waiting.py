"""Few requests are worked on at once; who only holds a connection keeps nobody waiting."""

import threading
from contextlib import ExitStack, contextmanager
from io import BytesIO, RawIOBase

import pytest
from flask import request
from werkzeug.test import EnvironBuilder

from fieldapp import waiting
from fieldapp.database import db
from fieldapp.serving import AT_HAND, read_whole
from fieldapp.waiting import READ, WRITE, WaitingRoom

SOON = 30  # seconds; nobody waits longer than needed


class Work:
    """An application whose requests go on when they are let go."""

    def __init__(self):
        self.begun, self.free, self.inside, self.most, self.lock = threading.Semaphore(0), threading.Event(), 0, 0, threading.Lock()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            waiting.to_write()
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.begun.release()
        self.free.wait(SOON)
        with self.lock:
            self.inside -= 1
        return []

    def have_begun(self, count: int) -> bool:
        return all(self.begun.acquire(timeout=SOON) for _one in range(count))


@pytest.fixture
def work():
    return Work()


@pytest.fixture
def room(work):
    return WaitingRoom(work)


@contextmanager
def asking(room, count: int, method: str = "GET"):
    """So many at once, until all are answered."""
    threads = [threading.Thread(target=room, args=({"REQUEST_METHOD": method}, None)) for _one in range(count)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(SOON)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize("method, places", [("GET", READ), ("POST", WRITE)])
def test_no_more_are_worked_on_at_once_than_there_are_places(room, work, method, places):
    with asking(room, 3 * places, method):
        assert work.have_begun(places)
        work.free.set()
    assert work.most == places


def test_who_reads_waits_for_nobody_who_writes(room, work):
    with asking(room, WRITE, "POST"):
        assert work.have_begun(WRITE)
        with asking(room, 1):
            assert work.have_begun(1)
            work.free.set()


def test_one_reads_at_a_time_where_none_takes_long(work, monkeypatch):
    monkeypatch.setattr(waiting, "LONG", SOON)
    with asking(WaitingRoom(work), 3 * READ):
        assert work.have_begun(1) and not work.begun.acquire(timeout=0.2)
        work.free.set()
    assert work.most == 1


def test_who_has_waited_for_long_goes_in_all_the_same(work, monkeypatch):
    monkeypatch.setattr(waiting, "LONGEST", 0.01)
    with asking(WaitingRoom(work), 3 * READ):
        assert work.have_begun(3 * READ)
        work.free.set()


def test_who_steps_aside_lets_another_in(work):
    def inner(environ, start_response):
        with waiting.aside():
            return work(environ, start_response)

    with asking(WaitingRoom(inner), 3 * READ):
        assert work.have_begun(3 * READ)
        work.free.set()


def test_a_page_that_notes_something_down_writes_for_that_long_alone(app, visit):
    seen = []

    @app.after_request
    def look(response):
        visit = waiting._present.get()
        seen.append(visit.among is visit.room.reading)
        return response

    entered = []
    enter = waiting.Visit.enter
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(waiting.Visit, "enter", lambda self, among: (entered.append(among is self.room.writing), enter(self, among)))
        assert visit().get("/s/" + "A" * 26).status_code == 404
    assert entered == [False, True, False] and seen == [True]


class Stopped(RawIOBase):
    """What a phone sends that stops after the first bytes."""

    def __init__(self, asked: threading.Semaphore, go_on: threading.Event):
        self.asked, self.go_on, self.first = asked, go_on, b"name=cha"

    def readable(self):
        return True

    def readinto(self, room):
        if not self.first:
            self.asked.release()
            self.go_on.wait(SOON)
            return 0
        room[: len(self.first)], count, self.first = self.first, len(self.first), b""
        return count


def posted(body, length: int) -> dict:
    form = EnvironBuilder("/sign-in", method="POST", content_type="application/x-www-form-urlencoded").get_environ()
    return {**form, "wsgi.input": body, "CONTENT_LENGTH": str(length)}


def test_phones_that_stop_while_sending_keep_nobody_waiting(app, cast, visit):
    asked, go_on, count = threading.Semaphore(0), threading.Event(), 3 * WRITE
    with ExitStack() as at_the_end:
        for _phone in range(count):
            thread = threading.Thread(target=app, args=(posted(Stopped(asked, go_on), 500), lambda *_head: None))
            thread.start()
            at_the_end.callback(thread.join, SOON)
        at_the_end.callback(go_on.set)
        assert all(asked.acquire(timeout=SOON) for _phone in range(count))
        assert visit().post("/sign-in", data={"name": "chair"}).status_code in (400, 422)
        assert db.engine.pool.checkedout() <= 1


def test_what_is_large_lies_on_disk_while_it_comes(app):
    for size, on_disk in ((AT_HAND, False), (AT_HAND + 1, True)):
        with app.request_context(posted(BytesIO(b"x" * size), size)):
            read_whole()
            whole = request.environ["wsgi.input"]
            assert (whole._rolled, len(whole.read())) == (on_disk, size)
