"""One's own account: password and sessions."""

from fieldapp import journal
from fieldapp.database import db
from tests import reader
from tests.people.conftest import PASSWORD

NEW = "a lost mitten in june"


def change(browser, current=PASSWORD, new=NEW, again=NEW):
    page = reader.visit(browser, "/account")
    return reader.send(browser, page, "/account/password", current=current, new=new, again=again)


def test_a_new_password_needs_the_present_one(sign_in):
    page = change(sign_in("chair").browser, current="not that one at all")
    assert page.status == 422 and "This is not your present password." in page.text


def test_a_short_password_and_a_slip_of_the_finger_are_said_beside_the_fields(sign_in):
    browser = sign_in("chair").browser
    assert "At least 15 characters" in change(browser, new="short", again="short").text
    assert "The two new passwords differ." in change(browser, again=NEW + "x").text
    assert "This is the present password." in change(browser, new=PASSWORD, again=PASSWORD).text


def test_the_new_password_holds_and_other_sessions_end(sign_in, with_password):
    here, elsewhere = sign_in("chair").browser, sign_in("chair").browser
    assert "The new password holds" in change(here).text
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert sign_in("chair").status_code == 422 and sign_in("chair", NEW).status_code == 303
    assert [entry.act for entry in journal.of(f"person:{with_password['chair'].id}")] == ["password"]


def test_a_session_that_is_ended_stops_at_once(sign_in):
    here, lost = sign_in("chair").browser, sign_in("chair").browser
    page = reader.visit(here, "/account")
    shown = reader.send(here, page, "/revocation")
    assert "This session has ended." in shown.text
    assert lost.get("/account").status_code == 303 and here.get("/account").status_code == 200


def test_nobody_ends_anothers_session(sign_in, with_password):
    other = sign_in("deputy").browser
    browser = sign_in("chair").browser
    token = reader.visit(browser, "/account").form("/account/password").values["csrf_token"]
    from fieldapp.people.session import Session

    ids = list(db.session.scalars(db.select(Session.id).where(Session.person_id == with_password["deputy"].id)))
    assert browser.post(f"/account/sessions/{ids[0]}/revocation", data={"csrf_token": token}).status_code == 404
    assert other.get("/account").status_code == 200
