"""The public feature's table of contents."""

from flask import Flask

from fieldapp.public import health, posters, seen, slip, stations, telephone, voice
from fieldapp.public.blueprint import public
from fieldapp.public.drawings import drawing
from fieldapp.public.kept import KeptPages

__all__ = ["health", "posters", "seen", "slip", "stations", "telephone", "voice"]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["drawing"] = drawing
    app.register_blueprint(public)
    app.wsgi_app = KeptPages(app, slip.draw)  # type: ignore[method-assign]
