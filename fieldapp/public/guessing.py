"""Wrong codes: counted by address, failures alone, and answered a little later
once there were many. A right code is never kept waiting, however many neighbours
behind the same address mistype theirs.
"""

import threading
import time

from flask import request
from sqlalchemy import func, select

from fieldapp import waiting
from fieldapp.database import db, in_passing, now
from fieldapp.people.session import Failure
from fieldapp.people.tries import WINDOW, Subject

# So many in an hour cost nothing: a village shares an address.
FREE = 30
# After so many nothing more is written down: guessing must not fill the disk.
MOST = 120
PAUSE = 0.25
# No more threads than these ever wait; who guesses faster is answered at once.
_waiting = threading.BoundedSemaphore(2)


def hold() -> None:
    """Notes a wrong code of this address, and waits where there were many."""
    if _noted(_subject(request.remote_addr or "")) >= FREE and _waiting.acquire(blocking=False):
        try:
            with waiting.aside():
                time.sleep(PAUSE)
        finally:
            _waiting.release()


def _subject(address: str) -> str:
    return Subject("slip", address, free=FREE, longest=1).key


def _noted(subject: str) -> int:
    """How many wrong codes there were before, within the hour."""
    count = db.session.scalar(select(func.count()).where(Failure.subject == subject, Failure.at > now() - WINDOW)) or 0
    if count < MOST:
        with in_passing():
            db.session.add(Failure(subject=subject, at=now()))
    db.session.rollback()
    return count
