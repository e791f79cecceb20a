"""Phones lost, shared, enrolled again, and who looks after them."""

import pytest

from fieldapp.database import db
from fieldapp.people import devices
from fieldapp.people.device import Device
from tests import reader
from tests.cast import ACCOUNTS
from tests.people.phones import PIN, acts, asks_for_the_pin, device, later, unlock


def test_a_lost_phone_is_dead_at_once_and_its_queue_hears_why(enrol, visit, cast):
    phone, chair = enrol(), visit("chair")
    page = reader.visit(chair, f"/phones/{cast['deputy'].id}")
    assert reader.send(chair, page, "/revocation").status == 200
    answer = phone.get("/field/session")
    assert (answer.status_code, answer.json) == (401, {"error": "sign_in", "phone": "revoked"})
    assert phone.post("/field/sync").status_code == 401
    page = reader.visit(phone, "/field")
    assert page.url == "/field/unlock" and "signed out by the station" in page.text and not page.offers("/field/unlock")
    assert acts(cast) == ["phone_invited", "phone_enrolled", "phone_revoked"]


def test_the_same_deputy_enrols_the_phone_again(enrol, visit, cast):
    phone = enrol()
    devices.revoke(cast["chair"], device(), None)
    db.session.commit()
    enrol("deputy", phone, "306815")
    assert phone.get("/field/session").json["person"]["id"] == cast["deputy"].id
    assert unlock(phone, "306815").url == "/field"


def test_enrolling_a_phone_again_ends_what_it_was_before(enrol):
    phone = enrol()
    first = device().id
    enrol("deputy", phone, "306815")
    assert db.session.get_one(Device, first).revoked_at is not None and device().revoked_at is None


def test_a_second_phone_leaves_the_first_alone(enrol):
    first, second = enrol(), enrol()
    assert first.get("/field/session").status_code == second.get("/field/session").status_code == 200


def test_two_deputies_share_a_phone_each_with_a_pin(enrol, cast):
    phone = enrol("deputy2", enrol("deputy"), "306815")
    assert phone.get("/field/session").json["person"]["id"] == cast["deputy2"].id
    first = device("deputy").id
    assert unlock(phone, "306815", device=str(first)).status == 422, "the other's PIN does not fit"
    assert unlock(phone, PIN, device=str(first)).url == "/field"
    assert phone.get("/field/session").json["person"]["id"] == cast["deputy"].id
    assert phone.get_cookie("who", path="/field").value == str(cast["deputy"].id)


def test_the_phone_of_another_browser_is_not_opened(enrol, visit):
    enrol()
    stranger = enrol("deputy2", visit(), "306815")
    unlock(stranger, PIN, device=str(device("deputy").id))
    assert device("deputy").wrong == 0 and device("deputy2").wrong == 1


def test_whoever_leaves_loses_the_phone(enrol, visit, cast):
    phone, admin = enrol(), visit("admin")
    page = reader.visit(admin, f"/people/{cast['deputy'].id}")
    reader.send(admin, page, "/revocation")
    assert phone.get("/field/session").status_code == 401 and asks_for_the_pin(phone) is False


def test_a_password_that_was_given_does_not_stand_in_the_way_of_a_pin(enrol, cast):
    cast["deputy"].password_given = True
    db.session.commit()
    assert reader.visit(enrol(), "/field").url == "/field"


def test_a_password_still_signs_in_without_enrolment(visit):
    phone = visit("deputy")
    with later(minutes=31):
        answer = phone.get("/field/session")
        assert answer.status_code == 200 and answer.json["device"] is None
        assert reader.visit(phone, "/field").url == "/field"


def test_a_browser_that_was_never_enrolled_is_asked_for_the_password(visit):
    assert reader.visit(visit(), "/field/unlock?next=/field/new").url == "/sign-in"


def test_an_unlocked_phone_goes_nowhere_else(enrol):
    phone = enrol()
    page = reader.visit(phone, "/field/unlock?next=//evil.example")
    assert reader.send(phone, page, "/field/unlock", pin=PIN).url == "/field"


@pytest.mark.parametrize("account", [name for name, role in ACCOUNTS.items() if role not in ("chair", "admin")])
def test_phones_are_enrolled_by_chair_and_administrator_alone(visit, cast, account):
    assert visit(account).get("/phones").status_code == 404


def test_a_chair_reaches_the_deputies_of_the_own_township_alone(visit, cast):
    chair, stranger = visit("chair"), visit("stranger")
    assert "deputy2" in reader.visit(chair, "/phones").text
    assert "deputy2" not in reader.visit(stranger, "/phones").text
    assert stranger.get(f"/phones/{cast['deputy'].id}").status_code == 404
    assert chair.get(f"/phones/{cast['clerk'].id}").status_code == 404, "a clerk has no phone to enrol"


def test_the_phone_of_another_deputy_is_not_revoked_under_this_ones_address(enrol, visit, cast, app):
    enrol()
    app.config["WTF_CSRF_ENABLED"] = False
    answer = visit("chair").post(f"/phones/{cast['deputy2'].id}/{device().id}/revocation")
    assert answer.status_code == 404 and device().revoked_at is None


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_the_pages_stand_in_each_language_and_the_history_in_sentences(enrol, visit, cast, lang):
    phone, chair = enrol(), visit("chair", lang)
    devices.revoke(cast["chair"], device(), None)
    db.session.commit()
    enrol("deputy", phone)
    for path in ("/phones", f"/phones/{cast['deputy'].id}"):
        assert reader.visit(chair, path).status == 200
    assert reader.visit(chair, f"/phones/{cast['deputy'].id}").html.count('class="timeline__sentence"') == 5
