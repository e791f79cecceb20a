"""Sealing, opening and forgetting a resident's contact.

AES-256-GCM under a key per case (contact_keys), bound to its case; the length
says nothing, and the same number in two cases leaves no equal bytes.
"""

import json
import os
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import or_, select

from fieldapp.cases import contact_keys, jwe
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.database import db, now
from fieldapp.places.limits import ERASE_AFTER, LATEST, SOONEST

LONGEST = timedelta(days=365)
BLOCK = 512


class Forgotten(Exception):
    """There is no contact, or its key is destroyed."""


def seal_contact(case, given: dict) -> Contact | None:
    """Seals ``name`` and ``phone`` with the resident's two wishes; the caller
    commits. Where both are empty there is nothing to keep: None."""
    name, phone = str(given.get("name") or "").strip()[:80], str(given.get("phone") or "").strip()[:40]
    if not name and not phone:
        return None
    contact = case.contact or Contact(case=case, erase_at=(case.logged_at or now()) + LONGEST)
    contact.share_with_unit, contact.chair_only = bool(given.get("share_with_unit")), bool(given.get("chair_only"))
    contact.sealed = _seal(case.id, {"name": name, "phone": phone})
    db.session.add(contact)
    return contact


def seal_from_phone(case, token: str) -> Contact | None:
    """Opens a phone's JWE with the site's key and seals it anew; the caller commits.
    Raises jwe.Unreadable."""
    return seal_contact(case, read_from_phone(token))


def read_from_phone(token: str) -> dict:
    """What the phone sealed. Raises jwe.Unreadable."""
    key = current_app.config["KEYS"].seal
    try:
        given = json.loads(jwe.decrypt(token, key))
    except (ValueError, RecursionError) as error:
        raise jwe.Unreadable(str(error)) from error
    if not isinstance(given, dict):
        raise jwe.Unreadable("not a record")
    return given


def open_contact(case) -> dict:
    """``name``, ``phone``, ``share_with_unit``, ``chair_only``. The caller has made
    and committed the move contact_look before. Raises Forgotten."""
    contact = case.contact
    key = contact and contact_keys.find(case.id)
    if not key:
        raise Forgotten
    try:
        plain = AESGCM(key).decrypt(contact.sealed[:12], contact.sealed[12:], _bound_to(case.id))
    except InvalidTag as error:
        raise Forgotten from error
    return {**json.loads(plain), "share_with_unit": contact.share_with_unit, "chair_only": contact.chair_only}


def forgotten_at(case) -> datetime:
    """When the contact of this case is erased, as things stand now."""
    end = case.over_at
    days = min(max(int(case.township.setting("erase_after", ERASE_AFTER)), SOONEST), LATEST)
    return min(case.contact.erase_at, end + timedelta(days=days)) if end else case.contact.erase_at


def erase(case) -> None:
    """Destroys the key at once, then the row; the caller commits."""
    contact_keys.destroy([case.id])
    if case.contact is not None:
        db.session.delete(case.contact)
        case.contact = None


def erase_due() -> int:
    """Erases every contact whose time has come, commits, and leaves no trace in
    the write-ahead log. Returns how many."""
    ended = or_(Case.ended_at <= now() - timedelta(days=SOONEST), Case.state == "merged")
    nearing = select(Case).join(Contact).where(or_(Contact.erase_at <= now(), ended))
    due = [case for case in db.session.scalars(nearing) if forgotten_at(case) <= now()]
    for case in due:
        erase(case)
    db.session.commit()
    if due and db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    return len(due)


def _seal(case_id: int, words: dict) -> bytes:
    plain = json.dumps(words, ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % BLOCK)
    nonce = os.urandom(12)
    return nonce + AESGCM(contact_keys.key_for(case_id)).encrypt(nonce, plain, _bound_to(case_id))


def _bound_to(case_id: int) -> bytes:
    return f"contact:{case_id}".encode()
