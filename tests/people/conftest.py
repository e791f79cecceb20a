"""Accounts with a password, and the way to sign in with it."""

import pytest

from fieldapp.database import db
from fieldapp.people import passwords
from tests import reader
from tests.cast import ACCOUNTS

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
