"""The public feature's table of contents."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
