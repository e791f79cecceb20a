"""Bringing a database up to date. Alembic comes along only for this: a server
that answers requests is ten megabytes lighter without it."""

from flask import current_app

from fieldapp.database import db


def upgrade(revision: str = "head") -> None:
    """Creates the tables, or changes them to what the models say."""
    import flask_migrate

    folder = f"{current_app.root_path}/migrations"
    flask_migrate.Migrate(current_app._get_current_object(), db, directory=folder, render_as_batch=True, compare_type=True)  # type: ignore[attr-defined]
    flask_migrate.upgrade(revision=revision)
