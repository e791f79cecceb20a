"""What every test starts from: an application with an empty database and the cast."""

from contextvars import Context

import pytest
from flask import has_app_context
from flask.testing import FlaskClient

from fieldapp import create_app
from fieldapp.database import db
from fieldapp.people import sessions
from fieldapp.slips.codes import code_of, pool_for
from tests import chromium, sparing
from tests.cast import Cast


class Browser(FlaskClient):
    """Its requests share nothing with the test's own context: neither who is
    signed in, nor the session of the database."""

    def open(self, *args, **kwargs):
        if has_app_context():
            db.session.rollback()
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(request, tmp_path):
    sparing.lay_out(tmp_path, with_cast="cast" in request.fixturenames)
    app = create_app({"INSTANCE": tmp_path, "TESTING": True})
    app.test_client_class = Browser
    sparing.reuse_templates(app)
    with app.app_context():
        sparing.reuse_statements(db.engine)
        emptied()
        yield app
        db.session.remove()
        db.engine.dispose()
    sparing.let_go()


def emptied() -> None:
    """A server's database outlives the test's folder."""
    if db.engine.dialect.name == "postgresql":
        bared()
        db.create_all()


def bared() -> None:
    """Without even tables."""
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


@pytest.fixture
def slip_of(cast):
    """The address of a case's slip; it gets one where it has none."""

    def give(case) -> str:
        if case.slip is None:
            pool_for(cast["deputy"])[0].case = case
            db.session.commit()
        return f"/s/{code_of(case.slip)}"

    return give


@pytest.fixture
def answered(cast, slip_of):
    """A case answered and let through, with its slip's address."""
    case = cast.brings("answered")
    address = slip_of(case)
    cast.does("deputy", case, "release")
    return case, address


# What takes minutes begins first, so that both workers end at about the same time.
FIRST = ("faults", "browser", "journeys")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: FIRST.index(item.path.parent.name) if item.path.parent.name in FIRST else len(FIRST))


def pytest_collection_finish():
    sparing.collect_seldom()


def pytest_sessionfinish():
    chromium.close()
