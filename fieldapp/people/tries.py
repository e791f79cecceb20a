"""Wrong passwords, codes and slips: each makes the next try wait, none locks out.

A try is written down before it is judged and struck out when it was right, so
that a hundred tries at once do not all pass as the first.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from flask import current_app
from sqlalchemy import delete, func, select

from fieldapp.database import db, now
from fieldapp.people.session import Failure

WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Subject:
    """What failures are counted for. The first ``free`` of an hour cost nothing,
    then the pause doubles from a second up to ``longest`` seconds."""

    kind: str
    what: str
    free: int
    longest: int

    @property
    def key(self) -> str:
        secret = current_app.config["KEYS"].derive("tries")
        return hmac.new(secret, f"{self.kind}:{self.what}".encode(), hashlib.sha256).hexdigest()

    @property
    def wait(self) -> int:
        """Seconds until the next try; 0 where it may be now."""
        query = select(func.count(), func.max(Failure.at)).where(Failure.subject == self.key, Failure.at > now() - WINDOW)
        count, last = db.session.execute(query).one()
        if count < self.free:
            return 0
        pause = min(self.longest, 2 ** min(count - self.free, 20))
        return max(0, ceil((last + timedelta(seconds=pause) - now()).total_seconds()))


def wait(subjects: Sequence[Subject]) -> int:
    return max(subject.wait for subject in subjects)


def begin(subjects: Sequence[Subject]) -> list[int]:
    """Writes a try down and commits; returns what ``strike_out`` takes."""
    db.session.execute(delete(Failure).where(Failure.at < now() - WINDOW))
    rows = [Failure(subject=subject.key, at=now()) for subject in subjects]
    db.session.add_all(rows)
    db.session.flush()
    written = [row.id for row in rows]
    db.session.commit()
    return written


def strike_out(written: list[int]) -> None:
    """The try was no failure. The caller commits."""
    db.session.execute(delete(Failure).where(Failure.id.in_(written)))


def forgive(subject: Subject) -> None:
    """Forgets all failures of this subject. The caller commits."""
    db.session.execute(delete(Failure).where(Failure.subject == subject.key))
