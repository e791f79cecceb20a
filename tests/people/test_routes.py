"""Signing in and out."""

from datetime import timedelta

import pytest
import time_machine

from fieldapp.database import db, now
from fieldapp.people.session import Failure, Session
from tests import reader


@pytest.fixture
def still():
    """The clock stands: a pause is over when the test says so, however slow the machine."""
    moment = now()
    with time_machine.travel(moment, tick=False):
        yield moment


def sent_to(answer) -> str:
    assert answer.status_code in (302, 303), answer.status
    return answer.headers["Location"]


def test_a_wrong_password_and_an_unknown_account_get_the_same_words(sign_in):
    wrong, unknown = sign_in("chair", "something else entirely"), sign_in("nobody", "something else entirely")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "Account name and password do not belong together."
    assert sentence in wrong.text and sentence in unknown.text
    assert 'value="chair"' in wrong.text and "something else" not in wrong.text


def test_a_wrong_password_slows_but_never_locks_out(sign_in, still):
    for _n in range(5):
        assert sign_in("chair", "wrong wrong wrong").status_code == 422
    refused = sign_in("chair")
    assert refused.status_code == 429
    seconds = int(refused.headers["Retry-After"])
    assert 0 < seconds <= 2 and "your right password works" in refused.text
    with time_machine.travel(still + timedelta(seconds=seconds + 1), tick=False):
        assert sent_to(sign_in("chair")) == "/desk"


def test_the_wait_grows_with_each_failure_and_stays_bearable(sign_in):
    moment, waits = now(), []
    for _n in range(18):
        with time_machine.travel(moment, tick=False):
            sign_in("chair", "wrong wrong wrong")
            waits.append(int(sign_in("chair").headers.get("Retry-After", 0)) if _n >= 5 else 0)
            moment += timedelta(seconds=waits[-1] + 1)
    assert waits[5:9] == [2, 4, 8, 16] and max(waits) <= 300
    with time_machine.travel(moment):
        assert sent_to(sign_in("chair")) == "/desk"


def test_many_people_behind_one_address_do_not_slow_each_other(sign_in):
    for n in range(60):
        db.session.add(Failure(subject="0" * 64, at=now()))
        sign_in(f"colleague{n % 12}", "wrong wrong wrong")
    assert sent_to(sign_in("chair")) == "/desk"


def test_a_guesser_elsewhere_does_not_keep_the_owner_out_of_a_known_browser(sign_in, visit, still):
    mine = sign_in("chair").browser
    for n in range(40):
        thief = visit()
        thief.environ_base["REMOTE_ADDR"] = f"10.0.0.{n}"
        sign_in("chair", "wrong wrong wrong", browser=thief)
    elsewhere = visit()
    elsewhere.environ_base["REMOTE_ADDR"] = "10.0.1.1"
    assert sign_in("chair", browser=elsewhere).status_code == 429
    assert sent_to(sign_in("chair", browser=mine)) == "/desk"


def test_the_list_of_failures_names_nobody(sign_in):
    sign_in("chair", "wrong wrong wrong")
    rows = [row.subject for row in db.session.scalars(db.select(Failure))]
    assert len(rows) == 3 and all(len(key) == 64 and "chair" not in key for key in rows)


def test_a_right_password_forgets_the_wrong_ones(sign_in):
    sign_in("chair", "wrong wrong wrong")
    sign_in("chair")
    assert sign_in("chair").status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "evil.example",
        "/ledger\r\nX: 1",
    ],
)
def test_an_open_redirect_is_refused(sign_in, elsewhere):
    assert sent_to(sign_in("chair", next=elsewhere)) == "/desk"


def test_one_comes_back_to_the_page_one_asked_for(sign_in, visit):
    browser = visit()
    asked = browser.get("/people/3?x=1")
    assert sent_to(asked) == "/sign-in?next=%2Fpeople%2F3%3Fx%3D1"
    assert sent_to(sign_in("admin", browser=browser, address=sent_to(asked))) == "/people/3?x=1"


@pytest.mark.parametrize(
    ("account", "home"), [("deputy", "/field"), ("clerk", "/desk"), ("unit", "/desk"), ("county", "/desk"), ("admin", "/people")]
)
def test_each_role_has_its_home(sign_in, account, home):
    browser = sign_in(account).browser
    assert sent_to(browser.get("/")) == home


def test_the_account_name_is_taken_in_capitals_too(sign_in):
    assert sent_to(sign_in(" Chair ")) == "/desk"


def test_whoever_has_left_cannot_sign_in(sign_in, with_password):
    with_password["chair"].active = False
    db.session.commit()
    assert sign_in("chair").status_code == 422


def test_a_form_without_its_token_gets_a_page(with_password, visit):
    answer = visit().post("/sign-in", data={"name": "chair", "password": "x"})
    assert answer.status_code == 400 and "Please sign in again" in answer.text and "Traceback" not in answer.text


def test_an_empty_form_says_what_is_missing_beside_each_field(sign_in):
    answer = sign_in("", "")
    assert answer.status_code == 422
    assert "Please give your account name." in answer.text and "Please give your password." in answer.text


def test_signing_in_begins_a_new_session(sign_in, visit):
    browser = sign_in("chair").browser
    reader.visit(browser, "/account")
    with browser.session_transaction() as before:
        token, csrf = before["_user_id"], before.get("csrf_token")
    sign_in("chair", browser=browser)
    with browser.session_transaction() as after:
        assert after["_user_id"] != token and after.get("csrf_token") != csrf
    old = visit()
    with old.session_transaction() as session:
        session["_user_id"] = token
    assert sent_to(old.get("/account")).startswith("/sign-in")


def test_signing_out_ends_the_session_for_good(sign_in, visit):
    browser = sign_in("chair").browser
    with browser.session_transaction() as session:
        stolen = dict(session)
    page = reader.visit(browser, "/account")
    assert reader.send(browser, page, "/sign-out").url == "/sign-in"
    thief = visit()
    with thief.session_transaction() as session:
        session.update(stolen)
    assert sent_to(thief.get("/account")).startswith("/sign-in")


def test_a_desk_left_alone_for_half_an_hour_is_signed_out_and_a_deputys_phone_is_not(sign_in):
    desk, phone = sign_in("chair").browser, sign_in("deputy").browser
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert sent_to(desk.get("/account")).startswith("/sign-in")
        assert phone.get("/account").status_code == 200
    with time_machine.travel(now() + timedelta(days=32)):
        assert sent_to(phone.get("/account")).startswith("/sign-in")


def test_the_phones_queue_hears_one_json_word(visit):
    for address in ("/field/session", "/field/sync", "/field/attachments/" + "0" * 64):
        method = "GET" if address.endswith("session") else "PUT" if "attachments" in address else "POST"
        answer = visit().open(address, method=method, data=b"x")
        assert answer.status_code in (401, 400) and answer.is_json, address
    assert visit().get("/field/session").json == {"error": "sign_in"}


def test_htmx_is_led_to_the_sign_in_page_and_back(visit):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/people?q=a"}
    answer = visit().get("/people", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=%2Fpeople%3Fq%3Da&kept=1"


def test_a_long_text_typed_into_an_expired_session_stands_on_the_page(sign_in):
    browser = sign_in("chair").browser
    form = reader.visit(browser, "/account").form("/account/password")
    for session in db.session.scalars(db.select(Session)):
        session.revoked_at = now()
    db.session.commit()
    words = "渠道淤堵，浇不上水。" * 20
    typed = {"csrf_token": form.values["csrf_token"], "narrative": words, "contact_name": "x" * 60, "current": "y" * 60}
    answer = browser.post("/account/password", data=typed, headers={"Referer": "http://localhost/account"})
    page = reader.read(answer)
    assert answer.status_code == 401 and words in page.text and "kept in this tab" in page.text
    assert "x" * 60 not in page.html and "y" * 60 not in page.html
    assert page.form("/sign-in").values["next"] == "/account"


def test_a_post_without_words_leads_to_the_sign_in_page(visit):
    browser = visit()
    token = reader.visit(browser, "/sign-in").form("/sign-in").values["csrf_token"]
    answer = browser.post("/account/password", data={"csrf_token": token}, headers={"Referer": "http://evil.example/x"})
    assert sent_to(answer) == "/sign-in?kept=1"
