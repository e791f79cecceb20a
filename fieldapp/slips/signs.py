"""The signs on a slip: 26 characters of code, and a serial with a check digit.

The code is the capability: 130 bits, derived from the site's key, so that a
book can be printed again and the database alone reveals none. The serial is
short and no secret: it finds a slip at the desk.
"""

import hashlib
import hmac
import re
import unicodedata

from flask.globals import _cv_app

# Crockford's base 32: without I, L, O and U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
PLAIN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
MISREAD = str.maketrans("OILU", "011V")


def code_for(book: int, number: int, issue: int = 1) -> str:
    digest = _mac("slips", f"{book}|{number}|{issue}")
    bits = int.from_bytes(digest) >> (len(digest) * 8 - LENGTH * 5)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def lookup_for(code: str) -> str:
    """What the database keeps of a code: a keyed hash, 64 hexadecimal digits."""
    return _mac("lookup", code).hex()


def _mac(purpose: str, words: str) -> bytes:
    return hmac.digest(_cv_app.get().app.config["KEYS"].derive(purpose), words.encode(), hashlib.sha256)


def in_groups(code: str) -> list[str]:
    """The code as it is read aloud: six groups of four, the last of six."""
    return [code[at : at + 4] for at in range(0, 20, 4)] + [code[20:]]


def normal(text: str) -> str:
    """Letters and digits alone, in one case and width."""
    wide = unicodedata.normalize("NFKC", (text or "")[:300]).upper()
    if wide.isascii():
        return "".join(filter(str.isalnum, wide))
    return "".join(_digit(sign) for sign in wide if sign.isalnum())


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def code_in(text: str) -> str | None:
    """The code in what was typed, spoken or scanned, an address included."""
    if PLAIN.fullmatch(text or ""):
        return text
    after = re.split(r"/s/", (text or "")[:300], flags=re.IGNORECASE)[-1]
    code = normal(re.split(r"[/?#]", after)[0]).translate(MISREAD)
    return code if len(code) == LENGTH and not set(code) - set(ALPHABET) else None


def serial_for(book: int, number: int) -> str:
    """``0312-074``: book, slip, and a check digit."""
    digits = f"{book:04d}{number:02d}"
    return f"{digits[:-2]}-{digits[-2:]}{check_digit(digits)}"


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10: one decimal digit that catches every single wrong
    digit, and 0-9 swapped with 9-0 as well, which Luhn's lets through."""
    rest = 10
    for digit in digits:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def serial_in(text: str) -> str | None:
    """The serial in what was typed, with or without hyphen and the № before it;
    its check digit may be wrong."""
    found = re.fullmatch(r"(?:NO)?([0-9]{4,6})([0-9]{3})", normal(text))
    return f"{found[1]}-{found[2]}" if found else None


def is_mistyped(text: str) -> bool:
    """Whether this looks like a serial, but its check digit does not fit."""
    serial = serial_in(text)
    return serial is not None and check_digit(serial[:-1].replace("-", "")) != serial[-1]
