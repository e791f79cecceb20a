"""Deputies' phones: enrolled by a code, opened by a PIN, left alone, shared, lost."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine

from fieldapp import journal
from fieldapp.database import db, now
from fieldapp.people import devices, pins
from fieldapp.people.device import Device, Enrolment
from tests import reader
from tests.cast import ACCOUNTS

PIN = "704193"


@pytest.fixture
def invite(visit, cast, monkeypatch):
    """``invite("deputy")`` is the token in the code that the office shows."""
    from fieldapp.people import second_factor

    shown = []
    monkeypatch.setattr(second_factor, "picture", lambda address: shown.append(address) or "data:image/svg+xml;base64,")

    def code(account: str = "deputy", by: str = "chair") -> str:
        browser = visit(by)
        address = f"/phones/{cast[account].id}"
        page = reader.send(browser, reader.visit(browser, address), "/enrolment")
        assert page.status == 200
        return shown[-1].partition("/field/enrol/")[2]

    return code


def choose(browser, token: str, pin: str = PIN, again: str | None = None):
    page = reader.visit(browser, f"/field/enrol/{token}")
    return reader.send(browser, page, token, pin=pin, again=pin if again is None else again)


@pytest.fixture
def enrol(invite, visit):
    """``enrol("deputy")`` is the browser of that deputy's enrolled phone."""

    def phone(account: str = "deputy", browser=None, pin: str = PIN):
        browser = browser or visit()
        assert choose(browser, invite(account), pin).url == "/field"
        return browser

    return phone


def unlock(browser, pin: str = PIN, **more):
    page = reader.visit(browser, "/field/unlock")
    return reader.send(browser, page, "/field/unlock", pin=pin, **more)


def later(**time):
    return time_machine.travel(now() + timedelta(**time))


def device(account: str = "deputy") -> Device:
    query = db.select(Device).where(Device.person.has(account=account)).order_by(Device.id.desc())
    return db.session.scalars(query).first()


def acts(cast, account: str = "deputy") -> list[str]:
    return [entry.act for entry in journal.of(f"person:{cast[account].id}")]


def test_a_code_that_nobody_showed_enrols_nothing(visit):
    page = reader.visit(visit(), "/field/enrol/guessed")
    assert page.status == 404 and not page.offers("guessed") and "ask the office" in page.text


def test_a_code_works_once(invite, visit):
    token = invite()
    assert choose(visit(), token).url == "/field"
    assert reader.visit(visit(), f"/field/enrol/{token}").status == 404
    assert db.session.scalars(db.select(Enrolment)).all() == []


def test_a_code_dies_after_ten_minutes(invite, visit):
    token = invite()
    with later(minutes=11):
        assert reader.visit(visit(), f"/field/enrol/{token}").status == 404


def test_a_code_used_while_the_form_was_open_enrols_no_second_phone(invite, visit):
    token, slow = invite(), visit()
    page = reader.visit(slow, f"/field/enrol/{token}")
    choose(visit(), token)
    assert reader.send(slow, page, token, pin=PIN, again=PIN).status == 404
    assert len(db.session.scalars(db.select(Device)).all()) == 1


def test_a_newer_code_ends_the_one_before(invite, visit):
    old, new = invite(), invite()
    assert reader.visit(visit(), f"/field/enrol/{old}").status == 404
    assert reader.visit(visit(), f"/field/enrol/{new}").status == 200


def test_the_code_is_on_the_screen_as_a_picture_alone_and_hashed_in_the_database(visit, cast):
    browser = visit("chair")
    page = reader.send(browser, reader.visit(browser, f"/phones/{cast['deputy'].id}"), "/enrolment")
    svg = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", page.html)[1])
    assert b"<svg" in svg and "/field/enrol/" not in page.html
    assert len(db.session.scalars(db.select(Enrolment.token_hash)).one()) == 64


def test_the_same_form_sent_twice_leaves_one_code_and_one_entry(visit, cast):
    browser = visit("chair")
    page = reader.visit(browser, f"/phones/{cast['deputy'].id}")
    for _again in range(2):
        assert reader.send(browser, page, "/enrolment").status == 200
    assert acts(cast) == ["phone_invited"] and len(db.session.scalars(db.select(Enrolment)).all()) == 1


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "000000", "777777", "123456", "654321", "345678", "121212", "123123", "000112"])
def test_a_pin_that_others_try_first_is_refused(invite, visit, pin):
    """000112 ends the deputy's published telephone."""
    browser = visit()
    page = choose(browser, invite(), pin)
    assert page.status == 422 and 'role="alert">' in page.html
    assert db.session.scalars(db.select(Device)).all() == []


def test_two_different_pins_are_refused(invite, visit):
    assert "differ" in choose(visit(), invite(), PIN, "704194").text


def test_full_width_digits_are_the_same_pin(enrol):
    assert unlock(enrol(pin="７０４１９３"), "704 193").url == "/field"


def test_wechat_is_told_to_open_the_browser_and_the_code_still_holds(invite, visit):
    token = invite()
    page = reader.visit(visit(), f"/field/enrol/{token}", headers={"User-Agent": "Mozilla/5.0 Android MicroMessenger/8.0"})
    assert "Open in browser" in page.text and not page.offers(token)
    assert choose(visit(), token).url == "/field"


def test_neither_pin_nor_secret_lies_in_the_database(enrol):
    phone, row = enrol(), device()
    secret = phone.get_cookie("phone").value
    kept = " ".join(str(getattr(row, column.key)) for column in Device.__table__.columns)
    assert PIN not in kept and secret not in kept
    left = sum(pins.hint(f"{pin:06}", row.salt) == row.hint for pin in range(0, 1_000_000, 20))
    assert 120 < left < 280, "eight bits of the PIN are told, and no more"


def test_a_phone_left_alone_for_ten_minutes_shows_nothing_before_the_pin(enrol, cast):
    case, phone = cast.logs(), enrol()
    assert case.number in reader.visit(phone, "/field/mine").html
    with later(minutes=11):
        for path in ("/field", "/field/mine", "/ledger", "/account", f"/cases/{case.number}"):
            page = reader.visit(phone, path)
            assert page.url == "/field/unlock" and "三号条田" not in page.html and case.number not in page.text, path
        assert unlock(phone).url == "/field"
        assert case.number in reader.visit(phone, "/field/mine").html


def test_after_the_pin_one_comes_to_the_page_one_asked_for(enrol, cast):
    case, phone = cast.logs(), enrol()
    with later(minutes=11):
        page = reader.visit(phone, f"/cases/{case.number}")
        assert reader.send(phone, page, "/field/unlock", pin=PIN).url == f"/cases/{case.number}"


def test_a_phone_in_use_stays_open(enrol):
    phone = enrol()
    for minutes in (6, 12, 18, 24):
        with later(minutes=minutes):
            assert reader.visit(phone, "/field/mine").url == "/field/mine"


def test_sending_does_not_keep_the_pages_open(enrol):
    phone = enrol()
    for minutes in (6, 12):
        with later(minutes=minutes):
            assert phone.get("/field/session").status_code == 200
    with later(minutes=12):
        assert phone.get("/field/session").json["device"]["locked"] is True
        assert reader.visit(phone, "/field").url == "/field/unlock"


def test_a_case_is_logged_and_its_slip_shown_while_locked(enrol, cast):
    old, phone = cast.logs(), enrol()
    with later(minutes=11):
        page = reader.visit(phone, "/field/new")
        given = {"category": "water", "village": "v01", "kind": "difficulty", "narrative": "渠道又堵了。"}
        slip = reader.send(phone, page, "/field/new", **given)
        assert slip.url.endswith("/slip") and "渠道" not in slip.text
        assert reader.visit(phone, f"/field/cases/{old.number}/slip").url == "/field/unlock"


def test_a_wrong_pin_says_how_many_tries_are_left(enrol):
    phone = enrol()
    with later(minutes=11):
        page = unlock(phone, "999998")
        assert page.status == 422 and "Tries left: 4" in page.text
        assert reader.visit(phone, "/field").url == "/field/unlock"


def test_a_right_pin_forgets_the_wrong_ones(enrol):
    phone = enrol()
    for _again in range(3):
        for _wrong in range(4):
            unlock(phone, "999998")
        assert unlock(phone).url == "/field"


def test_the_fifth_wrong_pin_ends_the_enrolment_and_the_session(enrol, cast):
    phone = enrol()
    for _wrong in range(5):
        page = unlock(phone, "999998")
    assert "signed out by the station" in page.text
    assert unlock_offers(phone) is False and phone.get("/field/session").status_code == 401
    assert acts(cast)[-1] == "phone_closed"


def unlock_offers(phone) -> bool:
    return reader.visit(phone, "/field/unlock").offers("/field/unlock")


def test_the_right_pin_comes_too_late_after_five_wrong_ones(enrol):
    """Even where five tries at once were all counted before one was judged."""
    phone = enrol()
    db.session.execute(db.update(Device).values(wrong=5))
    db.session.commit()
    unlock(phone)
    assert device().revoked_at is not None


def test_signing_out_leaves_the_phone_enrolled(enrol):
    phone = enrol()
    page = reader.visit(phone, "/account")
    assert reader.send(phone, page, "/sign-out").url == "/field/unlock"
    assert phone.get("/field/session").status_code == 401
    assert unlock(phone).url == "/field" and phone.get("/field/session").status_code == 200


def test_the_pin_opens_for_thirty_days_from_the_last_use(enrol):
    phone = enrol()
    with later(days=29):
        assert unlock(phone).url == "/field"
    with later(days=58):
        assert unlock(phone).url == "/field"
    with later(days=90):
        assert unlock_offers(phone) is False


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
    assert phone.get("/field/session").status_code == 401 and unlock_offers(phone) is False


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
