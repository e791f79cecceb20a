"""How a request is answered: a page or a region, done, or in conflict."""

import json
import secrets
from functools import lru_cache

import brotli
from flask import Flask, current_app, g, make_response, redirect, render_template, request
from htmx_flask import Htmx
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.http import parse_accept_header

from fieldapp import navigation, templating

htmx = Htmx()
SMALL = 500


class Question(HtmxAwareRequest):
    """Forms alone are read: Flask-WTF would take JSON for one, however deep it is nested."""

    is_json = False


def init_app(app: Flask) -> None:
    htmx.init_app(app)
    app.request_class = Question
    app.after_request(_keep_private)
    app.jinja_env.globals["once"] = once


def once() -> str:
    """A new key for a form: what is sent twice is done once."""
    return secrets.token_urlsafe(18)


def wants_region() -> bool:
    return bool(request.htmx) and not request.htmx.boosted  # type: ignore[attr-defined]


def answer(page: str, region: str, status: int = 200, **context):
    """The region for htmx, the page that includes it for a browser."""
    return _packed(render_template(region if wants_region() else page, **context), status)


def framed(page: str, region: str, **context):
    """The same, for a page to which nothing but its region is its own: what stands
    around that is not drawn again (``navigation``), nor does the region know of it."""
    return _in_frame(page, current_app.jinja_env.get_template(region).render(context))


def shared(page: str, region: str, **words):
    """A framed page whose region is nobody's own: it follows from its words, and
    is not drawn again while they are the same."""
    return _in_frame(page, templating.region(region, words))


def _in_frame(page: str, region: str):
    return _packed(region if wants_region() else navigation.around(page, region))


def _packed(text: str, status: int = 200):
    """A page for one reader at one moment: packed quickly rather than tightly."""
    body, headers = text.encode(), [("Content-Type", "text/html; charset=utf-8"), ("Vary", "HX-Request, Accept-Encoding, Cookie")]
    if len(body) > SMALL and takes_brotli(request.environ.get("HTTP_ACCEPT_ENCODING", "")):
        body = brotli.compress(body, quality=0)
        headers.append(("Content-Encoding", "br"))
    return current_app.response_class(body, status, headers)


@lru_cache(maxsize=512)
def takes_brotli(accepted: str) -> bool:
    return parse_accept_header(accepted).quality("br") > 0


def done(url: str, notice: str | None = None):
    """After a POST: 303 for a browser; htmx follows with a full load."""
    from flask import flash

    if notice:
        flash(notice, "done")
    if wants_region():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url.encode("ascii").decode()
        return response
    return redirect(url, 303)


def trigger(response, event: str, **detail):
    """An event for the page; other than ASCII is escaped, as headers need."""
    response.headers["HX-Trigger"] = json.dumps({event: detail}, ensure_ascii=True)
    return response


CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PRIVATE = (
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)"),
)

# Files that are no page of their own, even when opened by their address.
PARTS = ("text/javascript", "text/css", "image/png", "image/svg+xml")


def _light(response):
    """What governs a page says nothing to a stylesheet or a script: a phone on
    a slow line is spared it."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    for name in ("Content-Disposition", "Expires", "Accept-Ranges"):
        response.headers.pop(name, None)
    return response


def _keep_private(response):
    if request.endpoint in ("static", "field.style") and response.mimetype in PARTS:
        return _light(response)
    said = {name.lower() for name, _value in response.headers}
    for name, value in (("Content-Security-Policy", g.get("csp", CSP)), *PRIVATE):
        if name.lower() not in said:
            response.headers.add(name, value)
    if current_app.config["BASE_URL"].startswith("https://") and "strict-transport-security" not in said:
        response.headers.add("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static" and "cache-control" not in said:
        response.headers.add("Cache-Control", "no-store")
    return response
