"""Writers of an SQLite database take turns, in this process and among others.

SQLite allows one writer; who finds it busy sleeps up to a tenth of a second and
tries again, and may be overtaken for seconds. Here one waits for the other.
It is courtesy alone: the lock that counts is SQLite's own.
"""

import fcntl
import os
import threading
import time
from functools import cache

WAIT = 20.0  # seconds, as long as SQLite itself is asked to wait
PAUSE = 0.0005


class Turns:
    def __init__(self, path: str):
        self.here = threading.Lock()
        try:
            self.file: int | None = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError:
            self.file = None

    def take(self) -> bool:
        """Waits for the turn; False where it took too long, and SQLite shall say so."""
        until = time.monotonic() + WAIT
        if not self.here.acquire(timeout=WAIT):
            return False
        while self.file is not None and time.monotonic() < until:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                time.sleep(PAUSE)
        return True

    def give(self) -> None:
        if self.file is not None:
            fcntl.flock(self.file, fcntl.LOCK_UN)
        self.here.release()


@cache
def _turns(path: str, process: int) -> Turns:
    return Turns(f"{path}-turn")


def take(connection) -> None:
    """The connection is about to write; its turn ends when it is given back."""
    record = connection.connection._connection_record
    path = connection.engine.url.database
    if path and "turn" not in record.info:
        turns = _turns(path, os.getpid())
        if turns.take():
            record.info["turn"] = turns


def give(record) -> None:
    if turns := record.info.pop("turn", None):
        turns.give()
