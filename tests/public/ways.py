"""The two ways to a slip's page: the application's, and that of what stands before it."""

from contextvars import Context

from werkzeug.test import EnvironBuilder

from fieldapp.database import db

PLAIN = {"Accept-Language": "en", "Accept-Encoding": "gzip, br"}
# What a chat program adds: such a page is drawn each time, and not kept.
ADDED = "?from=groupmessage"


def environ_of(address: str, headers: dict | None = None, **asked) -> dict:
    environ = EnvironBuilder(address, headers=PLAIN | (headers or {}), **asked).get_environ()
    if not environ.get("CONTENT_LENGTH"):
        environ.pop("CONTENT_TYPE", None)
    return environ


def answer(way, environ) -> tuple:
    """Status, headers and body, by the application or by what stands before it."""
    db.session.rollback()
    began: list = []
    # Nothing is shared with the test's own context.
    body = b"".join(Context().run(way, environ, lambda status, headers, *_more: began.append((status, headers))))
    status, headers = began[0]
    return status, sorted(pair for pair in headers if pair[0] != "Date"), body


def nobody(environ, start_response):
    """Stands where the application is, and must not be asked."""
    raise AssertionError("asked of the application")
