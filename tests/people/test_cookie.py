"""The cookie of a session comes with page after page, and is believed no further than once."""

from datetime import timedelta

import time_machine
from flask import flash, session

from fieldapp.database import now
from fieldapp.serving import _signed_words

LISTS = "/ledger"


def cookie_of(browser) -> str:
    return browser.get_cookie("session").value


def asks(app, cookie: str, path: str = LISTS):
    return app.test_client(use_cookies=False).get(path, headers={"Cookie": f"session={cookie}", "Accept-Language": "en"})


def test_an_altered_cookie_opens_nothing_beside_the_one_that_was_read(app, visit):
    cookie = cookie_of(visit("chair"))
    assert [asks(app, cookie).status_code for _again in range(2)] == [200, 200]
    body, _dot, signature = cookie.rpartition(".")
    turned = signature[:-2] + ("A" if signature[-2] != "A" else "B") + signature[-1]
    assert {asks(app, other).status_code for other in (f"{body}.{turned}", f"x{cookie}", cookie[:-1], "", "..")} == {303}
    assert asks(app, cookie).status_code == 200


def test_a_cookie_signed_too_long_ago_opens_nothing_though_it_was_read(app, visit):
    cookie = cookie_of(visit("deputy"))
    assert asks(app, cookie).status_code == 200
    days = app.permanent_session_lifetime
    with time_machine.travel(now() + days + timedelta(minutes=1)):
        assert asks(app, cookie).status_code == 303
        assert "_user_id" not in read_session(app, cookie)
    with time_machine.travel(now() + days - timedelta(hours=1)):
        assert "_user_id" in read_session(app, cookie)


def read_session(app, cookie: str) -> dict:
    with app.test_request_context(LISTS, headers={"Cookie": f"session={cookie}"}):
        return dict(session)


def test_what_one_request_changes_is_not_in_the_next_with_the_same_cookie(app, visit):
    cookie = cookie_of(visit("chair"))
    with app.test_request_context(LISTS, headers={"Cookie": f"session={cookie}"}):
        session["half_way"] = "x"
        session.pop("_user_id")
        flash("Told to one.")
    assert read_session(app, cookie).keys() >= {"_user_id"} and "half_way" not in read_session(app, cookie)


def test_what_is_to_be_told_is_read_from_its_own_cookie(app, visit):
    browser = visit("chair")
    with browser.session_transaction() as told:
        told["_flashes"] = [("done", "Told once.")]
    cookie = cookie_of(browser)
    assert ["Told once." in asks(app, cookie).text for _again in range(2)] == [True, True]


def test_pages_of_a_session_that_stays_as_it_is_say_that_they_are_its_own(app, visit):
    _signed_words.cache_clear()
    browser = visit("chair")
    answers = [browser.get(LISTS) for _again in range(3)]
    assert all("Cookie" in answer.headers["Vary"] and answer.headers["Cache-Control"] == "no-store" for answer in answers)
    assert [bool(answer.headers.getlist("Set-Cookie")) for answer in answers] == [True, False, False]


def test_a_deputys_cookie_is_renewed_with_each_page(visit):
    browser = visit("deputy")
    with browser.session_transaction() as told:
        told.permanent = True
    assert all(browser.get(LISTS).headers.getlist("Set-Cookie") for _again in range(2))
