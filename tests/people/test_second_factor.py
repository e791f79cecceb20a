"""The second factor: one code, one time."""

from datetime import timedelta

import pyotp
import pytest
import time_machine

from fieldapp.database import db, now
from fieldapp.people import second_factor
from tests import reader
from tests.people.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(offset: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(now() + timedelta(seconds=30 * offset))


def wrong_codes(secret: str = SECRET):
    """Codes that are right neither now nor a few minutes before or after."""
    near = {pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * offset)) for offset in range(-10, 11)}
    return (one for number in range(1_000_000) if (one := f"{number:06}") not in near)


@pytest.fixture
def with_factor(with_password):
    chair = with_password["chair"]
    chair.totp_sealed = second_factor.seal(chair, {"secret": SECRET, "last": 0})
    db.session.commit()
    return with_password


def test_without_the_code_nobody_is_signed_in(with_factor, sign_in):
    answer = sign_in("chair")
    assert answer.status_code == 422 and 'name="code"' in answer.text and 'name="password"' not in answer.text
    assert answer.browser.get("/account").status_code == 303


def test_a_wrong_code_is_refused_beside_its_field(with_factor, sign_in):
    answer = sign_in("chair", code=next(wrong_codes()))
    assert answer.status_code == 422 and "This code is wrong or was used before" in answer.text


def test_a_code_signs_in_together_with_the_password_or_after_it(with_factor, sign_in):
    assert sign_in("chair", code=code()).status_code == 303
    browser = sign_in("chair").browser
    assert sign_in("chair", "", browser=browser, code=f" {code(1)[:3]} {code(1)[3:]}").status_code == 303


def test_a_code_is_refused_the_second_time(with_factor, sign_in):
    with time_machine.travel(now(), tick=False):
        assert sign_in("chair", code=code()).status_code == 303
        assert sign_in("chair", code=code()).status_code == 422
        assert sign_in("chair", code=code(-1)).status_code == 422


def test_an_old_code_is_refused(with_factor, sign_in):
    assert sign_in("chair", code=code(-4)).status_code == 422


def test_a_code_alone_signs_nobody_in(with_factor, sign_in):
    assert sign_in("chair", "", code=code()).status_code == 422


def test_the_half_way_mark_of_one_account_does_not_serve_another(with_factor, sign_in):
    county = with_factor["county"]
    county.totp_sealed = second_factor.seal(county, {"secret": SECRET, "last": 0})
    db.session.commit()
    browser = sign_in("chair").browser
    assert sign_in("county", "", browser=browser, code=code()).status_code == 422


def test_wrong_codes_slow_a_guesser_who_has_the_password(with_factor, sign_in):
    with time_machine.travel(now(), tick=False):
        browser, wrong = sign_in("chair").browser, wrong_codes()
        answers = [sign_in("chair", "", browser=browser, code=next(wrong)).status_code for _n in range(7)]
    assert answers[-1] == 429


def test_a_secret_moved_to_another_person_does_not_open(with_factor):
    sealed = with_factor["chair"].totp_sealed
    assert SECRET not in sealed
    assert second_factor.unseal(with_factor["county"], sealed) is None


def test_it_is_switched_on_by_a_first_code_and_off_by_the_password(sign_in):
    browser = sign_in("chair").browser
    page = reader.visit(browser, "/account/second-factor")
    secret = next(bdi.text for bdi in page.elements("bdi") if bdi.text and len(bdi.text.replace(" ", "")) == 32).replace(" ", "")
    assert reader.send(browser, page, "/account/second-factor", code=next(wrong_codes(secret))).status == 422
    assert "Switch it off" not in reader.visit(browser, "/account").text
    shown = reader.send(
        browser, reader.visit(browser, "/account/second-factor"), "/account/second-factor", code=pyotp.TOTP(secret).at(now())
    )
    assert shown.url == "/account" and "Switch it off" in shown.text
    wrong = reader.send(browser, shown, "/account/second-factor/removal", **{"removal-current": "wrong"})
    assert wrong.status == 422 and "This is not your present password." in wrong.text
    off = reader.send(browser, wrong, "/account/second-factor/removal", **{"removal-current": PASSWORD})
    assert "Switch it on" in off.text
