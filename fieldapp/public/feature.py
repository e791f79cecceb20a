"""The public feature's table of contents."""

from flask import Flask

from fieldapp.public import posters, stations
from fieldapp.public.blueprint import public

__all__ = ["posters", "stations"]


def init_app(app: Flask) -> None:
    app.register_blueprint(public)
