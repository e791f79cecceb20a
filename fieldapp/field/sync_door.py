"""What every writing request of a phone passes: room, token, body."""

import shutil
import sqlite3

from flask import abort, current_app, jsonify, make_response, request
from flask_wtf.csrf import validate_csrf
from sqlalchemy.exc import OperationalError
from wtforms import ValidationError

from fieldapp import failures
from fieldapp.access import wants_json
from fieldapp.database import db, sqlite, writing
from fieldapp.field.blueprint import field

MIB = 2**20
LEAST_ROOM = 64 * MIB


@field.before_request
def look_up_first():
    """How long a part of a photo is must be said; a record is looked up without the lock."""
    if request.method == "PUT" and request.content_length is None:
        abort(411)
    if request.endpoint == "field.sync":
        writing(False)


def stale_token():
    """401 for the phone, which fetches a new token; None where it holds."""
    try:
        validate_csrf(request.headers.get("X-CSRF-Token"))
    except ValidationError:
        return jsonify(error="token"), 401
    return None


def no_room():
    """507 where the disk is short; None where there is room."""
    if shutil.disk_usage(current_app.config["INSTANCE"]).free < LEAST_ROOM:
        return later(507, 600)
    return None


def later(status: int, seconds: int):
    """Busy or no room: the queue stays on the phone and comes again."""
    response = make_response(jsonify(error="busy" if status != 507 else "no_room"), status)
    response.headers["Retry-After"] = str(seconds)
    return response


@field.errorhandler(OperationalError)
@field.errorhandler(OSError)
@field.errorhandler(sqlite.OperationalError)
@field.errorhandler(sqlite3.OperationalError)
def overburdened(error):
    """A locked database and a full disk pass; anything else is our fault."""
    db.session.rollback()
    words = str(getattr(error, "orig", error)).lower()
    if "locked" in words or "busy" in words:
        return later(503, 5) if wants_json() else failures.page(503, reference=None)
    if "full" in words or "no space" in words or "quota" in words:
        return later(507, 600) if wants_json() else failures.page(503, reference=None)
    return failures.broken(error)
