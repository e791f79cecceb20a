"""The key of each contact, in a file of its own beside the other secrets:
neither the database nor its backups hold it. Destroying it forgets the contact.

A file that is gone or another site's is never written to: what it would take in
were lost once the right one is put back. KeyTrouble is raised then.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import select

from fieldapp.cases.contact import Contact
from fieldapp.database import db, sqlite
from fieldapp.keys import KeyTrouble


def key_for(case_id: int) -> bytes:
    """32 bytes for this case, made at the first call and wrapped under the site's key."""
    with _file() as file:
        file.execute("BEGIN IMMEDIATE")
        row = file.execute("SELECT wrapped FROM key WHERE case_id = ?", (case_id,)).fetchone()
        if row is None:
            key = os.urandom(32)
            _refuse_foreign(file)
            file.execute("INSERT INTO key (case_id, wrapped) VALUES (?, ?)", (case_id, _wrap(case_id, key)))
        else:
            key = _unwrap(case_id, row[0])
        file.execute("COMMIT")
    return key


def find(case_id: int) -> bytes | None:
    """The key, or None once it is destroyed."""
    with _file() as file:
        row = file.execute("SELECT wrapped FROM key WHERE case_id = ?", (case_id,)).fetchone()
    return row and _unwrap(case_id, row[0])


def destroy(case_ids: list[int]) -> None:
    """Overwritten on disk (``secure_delete``) when this returns."""
    with _file() as file:
        file.execute("BEGIN IMMEDIATE")
        file.executemany("DELETE FROM key WHERE case_id = ?", [(case_id,) for case_id in case_ids])
        file.execute("COMMIT")


@contextmanager
def _file() -> Iterator:
    path = place()
    if not path.exists():
        with db.session.no_autoflush:
            needed = db.session.scalar(select(Contact.case_id).limit(1))
        if needed:
            raise KeyTrouble(f"{path} is missing, and there are contacts. Put it back from its copy; an empty file gives them all up.")
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite.connect(path, timeout=20, isolation_level=None)) as connection:
        for pragma in ("secure_delete=ON", "synchronous=FULL", "journal_mode=DELETE"):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.execute("CREATE TABLE IF NOT EXISTS key (case_id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL)")
        yield connection


def place() -> Path:
    return current_app.config["KEYS"].folder / "contacts.db"


def _refuse_foreign(file) -> None:
    """By one of its keys, any: all are wrapped alike."""
    row = file.execute("SELECT case_id, wrapped FROM key LIMIT 1").fetchone()
    try:
        if row:
            _unwrap(*row)
    except InvalidTag as error:
        raise KeyTrouble(f"{place()} is another site's: this master.key does not open it. Put the right one back.") from error


def symptoms() -> Iterator[tuple[bool, str]]:
    """For the doctor."""
    try:
        with _file() as file:
            _refuse_foreign(file)
    except (KeyTrouble, OSError, sqlite.DatabaseError) as trouble:
        yield False, f"contacts.db: {trouble}"
    else:
        yield True, "contacts.db: its keys open with this master.key"


def _station() -> AESGCM:
    return AESGCM(current_app.config["KEYS"].derive("contact keys"))


def _wrap(case_id: int, key: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + _station().encrypt(nonce, key, f"key:{case_id}".encode())


def _unwrap(case_id: int, wrapped: bytes) -> bytes:
    return _station().decrypt(wrapped[:12], wrapped[12:], f"key:{case_id}".encode())
