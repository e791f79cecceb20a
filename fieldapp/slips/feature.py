"""Books of slips and their printing: routes."""

from flask import Flask

from fieldapp.slips.slip import Book, Slip

__all__ = ["Book", "Slip"]


def init_app(app: Flask) -> None:
    pass
