"""How a request is answered: a page or a region, done, or in conflict."""

import json
import secrets

import brotli
from flask import Flask, current_app, g, make_response, redirect, render_template, request
from htmx_flask import Htmx

htmx = Htmx()
SMALL = 500


def init_app(app: Flask) -> None:
    htmx.init_app(app)
    app.after_request(_keep_private)
    app.jinja_env.globals["once"] = once


def once() -> str:
    """A new key for a form: what is sent twice is done once."""
    return secrets.token_urlsafe(18)


def wants_region() -> bool:
    return bool(request.htmx) and not request.htmx.boosted  # type: ignore[attr-defined]


def answer(page: str, region: str, status: int = 200, **context):
    """The region for htmx, the page that includes it for a browser."""
    response = make_response(render_template(region if wants_region() else page, **context), status)
    response.vary.add("HX-Request")
    return _packed(response)


def _packed(response):
    """A page for one reader at one moment: packed quickly rather than tightly."""
    if "br" in request.accept_encodings and response.content_length > SMALL:
        response.set_data(brotli.compress(response.get_data(), quality=1))
        response.headers["Content-Encoding"] = "br"
    return response


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
