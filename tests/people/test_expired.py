"""A sign-in that ended while a long text was typed, in a real browser."""

from threading import Thread

import pytest
from werkzeug.serving import make_server

from fieldapp.database import db, now
from fieldapp.people.session import Session
from tests.chromium import browser
from tests.people.conftest import PASSWORD

WORDS = "三号条田渠道淤堵，浇不上水，已经两个星期了。" * 12


@pytest.fixture
def site(app, with_password):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def sign_in(page):
    page.fill("[name=name]", "clerk")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("form[action='/sign-in'] button")


def test_the_words_are_in_the_form_again_after_signing_in(site):
    with browser().new_context(viewport={"width": 360, "height": 740}, locale="en") as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{site}/sign-in?next=/cases/new")
        sign_in(page)
        page.fill("[name=narrative]", WORDS)
        db.session.execute(db.update(Session).values(revoked_at=now()))
        db.session.commit()
        with page.expect_navigation():
            page.click("form:has([name=narrative]) button[type=submit]")
        assert "kept in this tab" in page.inner_text("main") and WORDS in page.input_value("textarea")
        sign_in(page)
        assert page.url.endswith("/cases/new") and page.input_value("[name=narrative]") == WORDS
