"""Few requests are worked on at once, however many phones hold a connection.

Python runs one thread at a time, and hands over between threads at each row that is
read; who asks the database needs a connection with memory of its own. So requests wait
for a place, with nothing in their hands: one reads at a time, and others beside it only
where it takes long; those that write wait among themselves, so that who reads never
waits for the lock of writers. What is sent along has come by then (serving.py). It is
courtesy alone: who has waited for long goes in all the same.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock, Semaphore

# Of one process. Enough to go on while one waits for the disk or draws a long page.
READ = WRITE = 4
# Seconds: what takes longer is long; and what somebody waits at most.
LONG, LONGEST = 0.05, 10.0

READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class Places:
    """Those to wait for, each for so many seconds before the next."""

    def __init__(self, *places: tuple):
        self.places = places

    def take(self):
        return next((place for place, seconds in self.places if place.acquire(timeout=seconds)), None)


class WaitingRoom:
    """Stands before the application."""

    def __init__(self, inner):
        self.inner = inner
        self.reading = Places((Lock(), LONG), (Semaphore(READ - 1), LONGEST))
        self.writing = Places((Semaphore(WRITE), LONGEST))

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
    """One request, and the place it has among those that read, those that write, or none."""

    def __init__(self, room: WaitingRoom):
        self.room, self.among, self.place = room, None, None

    def enter(self, among: Places) -> None:
        if self.among is not among:
            self.leave()
            self.among, self.place = among, among.take()

    def leave(self) -> None:
        if self.place:
            self.place.release()
        self.among = self.place = None


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
    among = visit and visit.among
    if visit:
        visit.leave()
    try:
        yield
    finally:
        if visit and among:
            visit.enter(among)
