"""The field feature's table of contents."""

from flask import Flask

from fieldapp.field.blueprint import field


def init_app(app: Flask) -> None:
    app.register_blueprint(field)
