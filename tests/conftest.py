"""What every test starts from: an application with an empty database and the cast."""

from contextvars import Context

import pytest
from flask import has_app_context
from flask.testing import FlaskClient

from fieldapp import create_app
from fieldapp.database import db
from fieldapp.people import sessions
from tests import chromium
from tests.cast import Cast


class Browser(FlaskClient):
    """Its requests share nothing with the test's own context: neither who is
    signed in, nor the session of the database."""

    def open(self, *args, **kwargs):
        if has_app_context():
            db.session.rollback()
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(tmp_path):
    app = create_app({"INSTANCE": tmp_path, "TESTING": True})
    app.test_client_class = Browser
    with app.app_context():
        emptied()
        db.create_all()
        yield app
        db.session.remove()
        emptied()
        db.engine.dispose()


def emptied() -> None:
    """A server's database outlives the test's folder."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")


@pytest.fixture
def cast(app) -> Cast:
    return Cast()


@pytest.fixture
def visit(app, cast):
    """``visit("chair")`` is a browser signed in as that person, ``visit()`` anyone's."""

    def browser(account: str | None = None, lang: str = "en"):
        client = app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = lang
        if account:
            token = sessions.begin(cast[account])
            db.session.commit()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True
        return client

    return browser


def pytest_sessionfinish():
    chromium.close()
