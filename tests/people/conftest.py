"""Accounts with a password, and the way to sign in with it."""

import pytest

from fieldapp.database import db
from fieldapp.people import passwords, second_factor
from tests import reader
from tests.cast import ACCOUNTS
from tests.people.phones import PIN, choose

PASSWORD = "eleven blue buckets"
DIGEST = passwords.digest(PASSWORD)


@pytest.fixture
def with_password(cast):
    for account in ACCOUNTS:
        cast[account].password_hash = DIGEST
    db.session.commit()
    return cast


@pytest.fixture
def sign_in(with_password, visit):
    """``sign_in("chair")`` gives the answer to the form; the browser may be passed on."""

    def enter(account, password=PASSWORD, browser=None, address="/sign-in", **more):
        browser = browser or visit()
        form = reader.visit(browser, address).form("/sign-in")
        answer = browser.post("/sign-in", data={**form.values, "name": account, "password": password, **more})
        answer.browser = browser
        return answer

    return enter


@pytest.fixture
def invite(visit, cast, monkeypatch):
    """``invite("deputy")`` is the token in the code that the office shows."""
    shown = []
    monkeypatch.setattr(second_factor, "picture", lambda address: shown.append(address) or "data:image/svg+xml;base64,")

    def code(account: str = "deputy", by: str = "chair") -> str:
        browser = visit(by)
        address = f"/phones/{cast[account].id}"
        page = reader.send(browser, reader.visit(browser, address), "/enrolment")
        assert page.status == 200
        return shown[-1].partition("/field/enrol/")[2]

    return code


@pytest.fixture
def enrol(invite, visit):
    """``enrol("deputy")`` is the browser of that deputy's enrolled phone."""

    def phone(account: str = "deputy", browser=None, pin: str = PIN):
        browser = browser or visit()
        assert choose(browser, invite(account), pin).url == "/field"
        return browser

    return phone
