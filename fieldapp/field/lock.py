"""An enrolled phone left alone asks for its PIN before it shows anything again.

Logging goes on without: the form, the queue and what they need stay open.
"""

from urllib.parse import urlencode

from flask import current_app, request, session
from flask_login import current_user

from fieldapp import access
from fieldapp.answers import done
from fieldapp.field.blueprint import field
from fieldapp.people import devices
from fieldapp.people.device import STAYS_OPEN

LOGGING = (
    "field.new",
    "field.slip",
    "field.session",
    "field.sync",
    "field.rounds",
    "field.attachment",
    "field.attachment_offset",
)


@field.before_app_request
def pin_first():
    if not session.get("phone") or request.endpoint in LOGGING:
        return None
    if "anyone" in access.policy(current_app).get(request.endpoint or "", frozenset({"anyone"})):
        return None
    if not current_user.is_authenticated or current_user.device is None:
        return None
    if current_user.device.is_locked:
        return done(ask(request.full_path.rstrip("?") if request.method == "GET" else "/field"))
    devices.keep_open(current_user.device)
    return None


def ask(back: str) -> str:
    return "/field/unlock?" + urlencode({"next": back})


def is_hidden(case) -> bool:
    """While locked, the phone shows the slips alone that it gave since."""
    device = current_user.device
    return bool(device and device.is_locked and (device.open_until is None or case.logged_at < device.open_until))


def for_phone(person) -> dict | None:
    """What an enrolled phone needs to cover itself, and to tell most wrong PINs without signal."""
    device = person.device
    if device is None:
        return None
    return {"id": device.id, "idle": STAYS_OPEN.seconds, "salt": device.salt, "hint": device.hint, "locked": device.is_locked}
