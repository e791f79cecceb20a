"""Suggestions: routes."""

from flask import Flask

from fieldapp.cases.erasing import whenever_the_clock_ticks
from fieldapp.suggestions import beginning, pages, papers, report, urging
from fieldapp.suggestions.blueprint import suggestions
from fieldapp.suggestions.suggestion import Suggestion
from fieldapp.suggestions.verifying import findings

__all__ = ["Suggestion", "beginning", "pages", "papers", "report"]


def init_app(app: Flask) -> None:
    app.register_blueprint(suggestions)
    app.extensions.setdefault("findings", []).append(findings)
    whenever_the_clock_ticks(app, "suggestions urged", urging.urge_due)
