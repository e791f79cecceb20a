"""The activities' table of contents."""

from flask import Flask

from fieldapp.activities import listing, pages, planning
from fieldapp.activities.blueprint import activities
from fieldapp.activities.round import Round, Stop, latest, named
from fieldapp.cases import activity

__all__ = ["Round", "Stop", "listing", "pages", "planning"]


def init_app(app: Flask) -> None:
    app.register_blueprint(activities)
    activity.kept_by(app, latest, named)
