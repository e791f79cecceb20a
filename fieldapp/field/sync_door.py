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

CHUNK = 2**20
RECORD = 2**20
LEAST_ROOM = 64 * 2**20


@field.before_request
def read_body_first():
    """The body is whole before the database is asked who this is: a phone on a
    slow line must not hold the lock that every writer needs."""
    if not wants_json() or request.method not in ("POST", "PUT"):
        return
    if request.method == "PUT":
        if request.content_length is None:
            abort(411)
        if request.content_length > CHUNK:
            abort(413)
        request.get_data()
        return
    request.max_content_length = RECORD
    len(request.files)
    # Looking things up needs no lock.
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
