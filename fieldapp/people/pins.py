"""Six digits that open an enrolled phone: which will do, and how they are kept."""

import hashlib
import hmac
import secrets
import unicodedata

from flask import current_app
from flask_babel import gettext as _

from fieldapp.people import passwords

LENGTH = 6
# Beyond rows and repetitions, what is chosen most.
COMMON = ("112233", "123321", "111222", "147258", "159357", "789456", "520131", "131452", "666888", "168888", "010203", "102030")
ROWS = ("01234567890", "09876543210")


def digits_of(text: str | None) -> str:
    """Full-width, spaced or another script's digits as plain ones."""
    return "".join(str(unicodedata.digit(sign)) for sign in text or "" if unicodedata.digit(sign, None) is not None)


def objection(text: str | None, phone: str = "") -> str | None:
    """The sentence that says why this PIN will not do, or None."""
    pin = digits_of(text)
    if len(pin) != LENGTH:
        return _("Please give six digits.")
    if _is_easily_guessed(pin) or digits_of(phone).endswith(pin):
        return _("These six digits are among the first that others try. Please choose others.")
    return None


def _is_easily_guessed(pin: str) -> bool:
    repeated = any(pin == pin[:n] * (LENGTH // n) for n in (1, 2, 3))
    return repeated or pin in COMMON or any(pin in row for row in ROWS)


def digest(pin: str, salt: str) -> str:
    return passwords.digest(_peppered(pin, salt))


def matches(pin_hash: str, pin: str, salt: str) -> bool:
    return passwords.matches(pin_hash, _peppered(pin, salt))


def new_salt() -> str:
    return secrets.token_hex(16)


def hint(pin: str, salt: str) -> str:
    """Eight bits of a hash, in hexadecimal. Whoever reads them from a phone has
    one PIN in 256 left: some 3,900, with five tries."""
    return hashlib.sha256(f"{salt}{pin}".encode()).hexdigest()[:2]


def _peppered(pin: str, salt: str) -> str:
    """A million PINs are soon tried on a copied database; not without its key."""
    return hmac.new(current_app.config["KEYS"].derive("pin"), f"{salt}{pin}".encode(), hashlib.sha256).hexdigest()
