"""Two writers at the same moment, on an engine that lets both begin (PostgreSQL).

The later one finds a row changed or a key taken. Nothing of its request is kept
then, so that it is made once more, as if it had come after the other.
"""

from flask import Flask, current_app, g, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from fieldapp.database import db

MOST = 4


def init_app(app: Flask) -> None:
    for error in (IntegrityError, StaleDataError):
        app.register_error_handler(error, make_again)


def make_again(error: Exception):
    """The same request from its beginning; after some times it is our own fault."""
    db.session.rollback()
    g.pop("edition", None)
    g.times = g.get("times", 0) + 1
    if g.times > MOST:
        raise error
    for file in request.files.values():
        file.seek(0)
    try:
        return current_app.preprocess_request() or current_app.dispatch_request()
    except Exception as later:
        return current_app.handle_user_exception(later)
