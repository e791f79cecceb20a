"""The field feature's table of contents."""

from flask import Flask

from fieldapp.cases.erasing import whenever_the_clock_ticks
from fieldapp.field import attachments, attachments_partial, door, lock, pages, pages_shell, presence, rounds, session, sync, sync_door
from fieldapp.field.blueprint import field

__all__ = ["attachments", "door", "lock", "pages", "pages_shell", "presence", "rounds", "session", "sync", "sync_door"]


def init_app(app: Flask) -> None:
    app.register_blueprint(field)
    whenever_the_clock_ticks(app, "abandoned uploads removed", attachments_partial.sweep)
