"""The field feature's table of contents."""

from flask import Flask

from fieldapp.field import attachments, pages, pages_shell, session, sync, sync_door
from fieldapp.field.blueprint import field

__all__ = ["attachments", "pages", "pages_shell", "session", "sync", "sync_door"]


def init_app(app: Flask) -> None:
    app.register_blueprint(field)
