"""The second factor: six digits from a device (TOTP, RFC 6238), its secret sealed."""

import base64
import hmac
import json
import os
import unicodedata

import pyotp
import qrcode
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from qrcode.image.svg import SvgPathImage
from sqlalchemy import update

from fieldapp.database import db, now
from fieldapp.people.person import Person

STEP = 30  # seconds; RFC 6238, 4
ISSUER = "Fieldapp"


def seal(person: Person, words: dict) -> str:
    """Bound to the row: a secret moved to another person does not open."""
    nonce = os.urandom(12)
    sealed = nonce + _cipher().encrypt(nonce, json.dumps(words).encode(), _bound_to(person))
    return base64.urlsafe_b64encode(sealed).decode()


def unseal(person: Person, sealed: str) -> dict | None:
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return json.loads(_cipher().decrypt(raw[:12], raw[12:], _bound_to(person)))
    except (InvalidTag, ValueError):
        return None


def _cipher() -> AESGCM:
    return AESGCM(current_app.config["KEYS"].derive("totp"))


def _bound_to(person: Person) -> bytes:
    return f"person.totp_sealed:{person.id}".encode()


def proposal(person: Person) -> str:
    """A new secret, sealed, for the browser to carry until a code confirms it."""
    return seal(person, {"secret": pyotp.random_base32(), "last": 0})


def address_of(person: Person, sealed: str) -> tuple[str, str]:
    """What the QR code says, and the secret alone in groups of four."""
    secret = (unseal(person, sealed) or {})["secret"]
    address = pyotp.TOTP(secret).provisioning_uri(name=person.account, issuer_name=ISSUER)
    return address, " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def picture(address: str) -> str:
    """The QR code as an SVG picture's ``data:`` address."""
    svg = qrcode.make(address, image_factory=SvgPathImage, border=4).to_string()
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


def renewed(person: Person, sealed: str, code: str) -> str | None:
    """The secret sealed anew with this code used up; None where the code is
    wrong, outdated by more than a step, or used before (RFC 6238, 5.2)."""
    words = unseal(person, sealed)
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", code) if letter.isascii() and letter.isdigit())
    present = int(now().timestamp()) // STEP
    for step in (present - 1, present, present + 1):
        if words and step > words["last"] and hmac.compare_digest(pyotp.TOTP(words["secret"]).generate_otp(step), digits):
            return seal(person, {**words, "last": step})
    return None


def accepts(person: Person, code: str) -> bool:
    """Whether the code is right, and is used up by this very request. The caller commits."""
    before = person.totp_sealed
    after = before and renewed(person, before, code)
    if not after:
        return False
    query = update(Person).where(Person.id == person.id, Person.totp_sealed == before).values(totp_sealed=after)
    return db.session.execute(query, execution_options={"synchronize_session": False}).rowcount == 1
