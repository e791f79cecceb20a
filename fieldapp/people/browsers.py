"""What a browser carries, signed: that an account was signed in here before,
and that its password was right a moment ago."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "known"
KNOWN_FOR = timedelta(days=180)


def signed(purpose: str, account: str, mark: str) -> str:
    return _signer(purpose).dumps([_owner(account), mark])


def read(purpose: str, text: str | None, account: str, max_age: timedelta) -> str | None:
    """The mark, if the text is ours, young enough and of this account."""
    try:
        owner, mark = _signer(purpose).loads(text or "", max_age=max_age.total_seconds())
    except BadSignature:
        return None
    return mark if owner == _owner(account) else None


def known(account: str) -> str | None:
    """What this browser was marked with when the account was last signed in here."""
    return read("known", request.cookies.get(COOKIE), account, KNOWN_FOR)


def tell_whose(response, person):
    """Lets the phone's own script see at once that another person signed in, or
    nobody any more, before it shows what the last one left. A number, no key."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie("who", str(person.id if person else 0), max_age=KNOWN_FOR, path="/field", samesite="Lax", secure=secure)
    return response


def remember(response, person):
    """Marks this browser; the sign-in page alone is sent the mark again."""
    account = person.account
    tell_whose(response, person)
    value = signed("known", account, known(account) or secrets.token_urlsafe(12))
    response.set_cookie(
        COOKIE,
        value,
        max_age=KNOWN_FOR,
        path="/sign-in",
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def _owner(account: str) -> str:
    """Whoever finds the browser does not read from it who signs in here."""
    key = current_app.config["KEYS"].derive("browsers")
    return hmac.new(key, account.strip().casefold().encode(), hashlib.sha256).hexdigest()[:32]


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["KEYS"].derive(purpose))
