"""The part of a photo that has arrived, on disk, per person."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.cases.pictures import sync_folder, uploads
from fieldapp.database import now

LEFT_FOR = 30 * 86400
LOCK = "lock"


class Partial:
    """One photo on its way from one person: survives a restart of the server."""

    def __init__(self, person_id: int, sha256: str):
        self.person_id, self.sha256 = person_id, sha256
        self.path = folder() / str(person_id) / sha256

    def have(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """One photo of a person at a time, over all processes."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path.parent / LOCK, "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def append(self, body: bytes) -> None:
        """Synced to disk when this returns; a chunk cut short by a full disk is taken back."""
        have = self.have()
        with open(self.path, "ab") as file:
            try:
                file.write(body)
                file.flush()
            except OSError:
                os.ftruncate(file.fileno(), have)
                raise
            os.fsync(file.fileno())
        if not have:
            sync_folder(self.path.parent)

    def read(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)


def folder() -> Path:
    return uploads() / "partial"


def sweep() -> int:
    """Removes what nobody has continued for a month; returns how many."""
    border = now().timestamp() - LEFT_FOR
    old = [path for path in folder().glob("*/*") if path.name != LOCK and path.stat().st_mtime < border]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
