"""Passwords: argon2id (RFC 9106), few at a time, and no faster for a stranger."""

import os
import secrets
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _
from werkzeug.exceptions import ServiceUnavailable

from fieldapp import waiting

LEAST = 15
LEAST_WITH_SECOND_FACTOR = 8
MOST = 200
# Without look-alikes: a one-time password is read from paper or by telephone.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
COMMON = (
    "password",
    "passw0rd",
    "123456789012345",
    "1234567890",
    "12345678",
    "87654321",
    "qwertyui",
    "qwertyuiop",
    "asdfghjkl",
    "letmein",
    "iloveyou",
    "administrator",
    "welcome",
    "woaini",
    "5201314",
    "renda",
    "abc123",
    "a1b2c3d4",
    "fieldapp",
)

hasher = PasswordHasher()
# A hash takes 64 MiB for a twentieth of a second: more than a few at once would
# take everybody's memory, and a long queue of them everybody's threads.
_few = BoundedSemaphore(max(1, min(4, os.cpu_count() or 1)))
_queue = BoundedSemaphore(24)


@contextmanager
def _turn():
    """Waits for a turn to hash; 503 where too many wait already."""
    if not _queue.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=2)
    try:
        with waiting.aside(), _few:
            yield
    finally:
        _queue.release()


def digest(password: str) -> str:
    with _turn():
        return hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Takes as long for an account that does not exist as for one that does."""
    with _turn():
        try:
            return hasher.verify(password_hash or _nobodys(), password) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    return hasher.hash(secrets.token_urlsafe(24))


def one_time() -> str:
    """Twenty letters in groups of five: 99 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(5)) for _group in range(4))


def objection(password: str, *, account: str = "", second_factor: bool = False) -> str | None:
    """The sentence that says why this password will not do, or None.

    Length and a list of the commonest, no rules of composition and no forced
    change (NIST SP 800-63B, 3.1.1).
    """
    least = LEAST_WITH_SECOND_FACTOR if second_factor else LEAST
    if len(password) < least:
        return _("At least %(least)s characters, please: a few words in a row are easy to remember.", least=least)
    if len(password) > MOST:
        return _("At most %(most)s characters, please.", most=MOST)
    if _is_easily_guessed(password.casefold(), account.casefold()):
        return _("This password is among the first that others try. Please choose another.")
    return None


def _is_easily_guessed(password: str, account: str) -> bool:
    """What is left without the common words must still be something."""
    if len(set(password)) < 5:
        return True
    for word in (*COMMON, account):
        password = password.replace(word, "") if len(word) > 3 else password
    return len(password) < 6
