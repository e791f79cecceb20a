"""For monitors and for programs that crawl."""

from flask import Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from fieldapp import ticking
from fieldapp.access import public as anyone
from fieldapp.database import db
from fieldapp.public.blueprint import public


@public.get("/healthz")
@anyone
def healthz():
    """200 while the database answers, else 503; when the timed duties were last done; no secrets."""
    try:
        db.session.execute(text("SELECT count(*) FROM timeline WHERE id < 0"))
        ticked = ticking.last_done()
    except SQLAlchemyError:
        return jsonify(status="broken"), 503
    return jsonify(status="ok", ticked=ticked and ticked.isoformat(timespec="seconds"))


@public.get("/robots.txt")
@anyone
def robots():
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
