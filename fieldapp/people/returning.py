"""The way through the sign-in page and back to where one was."""

from urllib.parse import urlencode, urlsplit

from flask import jsonify, make_response, redirect, render_template, request

from fieldapp.access import wants_json
from fieldapp.answers import wants_region
from fieldapp.people import devices

# Shorter words are typed again in a moment.
LONG = 40
UNREPEATED = ("password", "current", "new", "again", "code", "csrf_token", "once", "next")


def local(address: str | None) -> str | None:
    """The address if it is a path of this site; never another host's.

    Browsers read a backslash as a slash and skip control characters, so that
    neither may stand in it.
    """
    if (
        not address
        or not address.startswith("/")
        or address.startswith("//")
        or "\\" in address
        or not address.isascii()
        or not address.isprintable()
    ):
        return None
    return address


def ask_to_sign_in():
    """A browser goes to the sign-in page and comes back; the phone's queue
    hears one JSON word and keeps what it has."""
    if wants_json():
        return jsonify(error="sign_in", **({"phone": "revoked"} if devices.was_revoked() else {})), 401
    if wants_region():
        return "", 401, {"HX-Redirect": _sign_in(_path_of(request.headers.get("HX-Current-URL")))}
    if request.method in ("GET", "HEAD"):
        asked = request.full_path.rstrip("?")
        return redirect(_unlock(asked) if _is_phone() else _sign_in(asked, kept=False), 303)
    back = _path_of(request.referrer)
    typed = _typed()
    return _kept_page(back, typed) if typed else redirect(_sign_in(back), 303)


def _sign_in(back: str | None, kept: bool = True) -> str:
    back = None if back in (None, "/") else local(back)
    words = ({"next": back} if back else {}) | ({"kept": "1"} if kept else {})
    return "/sign-in" + (f"?{urlencode(words)}" if words else "")


def _is_phone() -> bool:
    return request.path.startswith("/field") and bool(devices.of_browser())


def _unlock(back: str) -> str:
    return "/field/unlock?" + urlencode({"next": local(back) or "/field"})


def _path_of(address: str | None) -> str | None:
    """The path of one of our own pages."""
    parts = urlsplit(address or "")
    if parts.netloc != request.host:
        return None
    return local(parts.path + (f"?{parts.query}" if parts.query else ""))


def _typed() -> list[str]:
    """Long words of the form, nothing secret: contacts belong on no page."""
    fields = [(name, text) for name, text in request.form.items(multi=True) if name not in UNREPEATED]
    return [text for name, text in fields if len(text) >= LONG and not name.startswith(("contact", "sealed"))]


def _kept_page(back: str | None, typed: list[str]):
    """Without script, too, nothing is lost: the words stand on the very page."""
    from fieldapp.people.forms import SignIn

    form = SignIn(formdata=None, next=back)
    page = render_template("people/sign_in.html", form=form, enrolled=False, kept=True, wait=0, half_way=False, typed=typed)
    return make_response(page, 401)
