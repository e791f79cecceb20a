"""A phone is enrolled by a code from the office, once, and a PIN."""

import base64
import re

import pytest

from fieldapp.database import db
from fieldapp.people import pins
from fieldapp.people.device import Device, Enrolment
from tests import reader
from tests.people.phones import PIN, acts, choose, device, later, unlock


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


def test_the_same_form_sent_twice_leaves_one_code_and_each_that_was_shown_is_on_record(visit, cast):
    """A form's key that was used already must not show a code off the record."""
    browser = visit("chair")
    page = reader.visit(browser, f"/phones/{cast['deputy'].id}")
    for _again in range(2):
        assert reader.send(browser, page, "/enrolment").status == 200
    assert acts(cast) == ["phone_invited", "phone_invited"] and len(db.session.scalars(db.select(Enrolment)).all()) == 1


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
    leaked = []
    # Six digits may stand in a hash by chance; two PINs stand in theirs where PINs are kept.
    for pin in (PIN, "306815"):
        phone, row = enrol(pin=pin), device()
        kept = " ".join(str(getattr(row, column.key)) for column in Device.__table__.columns)
        assert phone.get_cookie("phone").value not in kept
        leaked += [pin] * (pin in kept)
    assert len(leaked) < 2
    left = sum(pins.hint(f"{pin:06}", row.salt) == row.hint for pin in range(0, 1_000_000, 20))
    assert 100 < left < 300, "eight bits of the PIN are told, and no more"
