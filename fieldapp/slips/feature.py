"""Books of slips and their printing: routes."""

from flask import Flask

from fieldapp.slips import pages
from fieldapp.slips.blueprint import slips
from fieldapp.slips.slip import Book, Slip

__all__ = ["Book", "Slip", "pages"]


def init_app(app: Flask) -> None:
    app.register_blueprint(slips)
