"""Runs the migrations on this site's database."""

from alembic import context
from flask import current_app

from fieldapp.database import Base, db


def run() -> None:
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
