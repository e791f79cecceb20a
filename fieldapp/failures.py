"""What a person reads when something does not work."""

import re
import secrets
from urllib.parse import quote

from flask import Flask, current_app, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException

from fieldapp.access import wants_json
from fieldapp.answers import wants_region
from fieldapp.database import db, writing

PAGES = {
    400: "bad_request",
    401: "expired",
    403: "not_allowed",
    404: "not_found",
    405: "not_found",
    409: "out_of_turn",
    413: "too_large",
    429: "too_many",
    500: "broken",
    503: "broken",
}


# What opens something is part of these addresses: a slip's code, an invitation.
KEYS = re.compile(r"/+(s|S|field/enrol)/.*", re.DOTALL)


# Below these stands what residents open: it leaves nothing in their browser.
RESIDENTS = re.compile(r"/(s|station|deputy)(/[^/]*)?(?=/|$)", re.IGNORECASE)


def masked(path: str) -> str:
    """An address as the log may have it."""
    return KEYS.sub(r"/\1/…", path, count=1)


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(DataError, impossible)
    app.register_error_handler(OverflowError, impossible)
    app.register_error_handler(500, broken)
    # ``broken`` logs, with a masked path.
    app.log_exception = lambda information: None  # type: ignore[method-assign]


def page(status: int, name: str = "", **context):
    """The failure's page, or its notice for htmx; one JSON word for the phone's queue.
    Residents are led to their own page, where there is one, and to none of the staff's."""
    name = name or PAGES.get(status, "bad_request")
    if residents := RESIDENTS.match(request.path):
        g.remembers_language = False
        name = "nobody" if name == "not_found" else name
    context |= {"name": name, "status": status, "residents": bool(residents), "home_url": quote(residents[0]) if residents else "/"}
    if wants_json():
        return jsonify(error=name), status
    if wants_region():
        return render_template("failures/_notice.html", **context), status
    return render_template("failures/page.html", **context), status


def failed(error: HTTPException):
    if error.response is not None:
        return error.response
    return page(error.code or 500, reference=None)


def expired(error: CSRFError):
    """The session behind a form is gone: typed words wait in the browser."""
    return page(401 if wants_json() else 400, "expired", reference=None)


def impossible(error: DataError | OverflowError):
    """A value that no row can have, such as a number of twenty digits: the database
    refuses to look for it. There is no such thing, and nothing to keep."""
    db.session.rollback()
    return page(404 if request.method in ("GET", "HEAD") or "\0" in request.path else 400, reference=None)


def broken(error: Exception):
    # Whatever was to be written is not: the page itself takes no lock.
    writing(False)
    reference = secrets.token_hex(4).upper()
    current_app.logger.error(
        "%s %s %s", reference, request.method, masked(request.path), exc_info=getattr(error, "original_exception", None)
    )
    try:
        return page(500, reference=reference)
    except Exception:
        # Not even who is signed in can be read: the page asks nothing of the database.
        current_app.logger.exception("%s has no page of its own.", reference)
        return current_app.jinja_env.get_template("failures/plain.html").render(reference=reference), 500
