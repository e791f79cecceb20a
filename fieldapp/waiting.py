"""Few requests are worked on at once, however many phones hold a connection.

Python runs one thread at a time, and who asks the database needs a connection with
memory of its own. So requests wait for a place, with nothing in their hands: those
that write among themselves, so that who reads never waits for the lock of writers.
What is sent along has come by then (serving.py). It is courtesy alone: who has
waited for long goes in all the same.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from threading import Semaphore

# Of one process. Enough to go on while one waits for the disk or draws a long page.
READ = WRITE = 4
LONGEST = 10.0  # seconds

READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class WaitingRoom:
    """Stands before the application."""

    def __init__(self, inner):
        self.inner = inner
        self.reading, self.writing = Semaphore(READ), Semaphore(WRITE)

    def __call__(self, environ, start_response):
        visit = Visit(self)
        token = _present.set(visit)
        try:
            if environ["REQUEST_METHOD"] in READING:
                visit.enter(self.reading)
            return self.inner(environ, start_response)
        finally:
            visit.leave()
            _present.reset(token)


class Visit:
    """One request, and the place it has: among those that read, those that write, or none."""

    def __init__(self, room: WaitingRoom):
        self.room, self.place = room, None

    def enter(self, places: Semaphore) -> None:
        if self.place is not places:
            self.leave()
            self.place = places if places.acquire(timeout=LONGEST) else None

    def leave(self) -> None:
        if self.place:
            self.place.release()
            self.place = None


_present: ContextVar[Visit | None] = ContextVar("visit", default=None)


def to_write() -> None:
    """From now on this request is one of those that write; it holds no connection."""
    if visit := _present.get():
        visit.enter(visit.room.writing)


def to_read() -> None:
    if visit := _present.get():
        visit.enter(visit.room.reading)


@contextmanager
def aside():
    """The place is another's while this request does what needs neither Python nor the database."""
    visit = _present.get()
    place = visit and visit.place
    if visit:
        visit.leave()
    try:
        yield
    finally:
        if visit and place:
            visit.enter(place)
