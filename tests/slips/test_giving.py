"""Giving a slip: which ones a person may use, and the sentence when not."""

import pytest

from fieldapp.database import db
from fieldapp.places.place import Station
from fieldapp.slips import issuing
from fieldapp.slips.codes import address, code_of, issue_book
from fieldapp.slips.giving import Unusable, slip_for
from fieldapp.slips.signs import serial_for


@pytest.fixture
def own(cast):
    return issue_book(deputy=cast["deputy"], size=3).slips[0]


def refused(person, text, **more) -> str:
    with pytest.raises(Unusable) as caught:
        slip_for(person, text, **more)
    return caught.value.sentence


@pytest.mark.parametrize("text", ["", "  ", "0000-000 x", "nonsense", "A" * 26, serial_for(4711, 12)])
def test_an_unknown_slip_is_refused_with_a_sentence(cast, own, text):
    assert "没有找到" in refused(cast["deputy"], text) or "do not know" in refused(cast["deputy"], text)


def test_a_mistyped_serial_is_said_to_be_mistyped(cast, own):
    wrong = own.serial[:-1] + str((int(own.serial[-1]) + 1) % 10)
    assert refused(cast["deputy"], wrong) != refused(cast["deputy"], serial_for(4711, 12))


def test_a_revoked_slip_is_refused(cast, own):
    issuing.revoke(own)
    assert refused(cast["deputy"], own.serial) == refused(cast["deputy"], code_of(own))


def test_a_used_slip_is_refused_but_found_again_for_its_own_case(cast, own):
    case = cast.logs()
    own.case = case
    db.session.flush()
    assert refused(cast["deputy"], own.serial)
    assert refused(cast["deputy"], own.serial, case=cast.logs())
    assert slip_for(cast["deputy"], own.serial, case=case) is own


def test_another_deputys_slip_is_refused_and_that_of_another_township_unknown(cast, own):
    deputy2 = cast["deputy2"]
    assert refused(deputy2, own.serial) != refused(deputy2, serial_for(4711, 12))
    assert refused(cast["stranger"], code_of(own)) == refused(cast["stranger"], "A" * 26)
    far = Station(code="far", names={"zh": "远", "ug": "يىراق", "en": "far"}, area_id=cast.area("there").id, hours={})
    db.session.add(far)
    db.session.flush()
    slip = issue_book(station=far, size=1).slips[0]
    for account in ("deputy", "clerk", "chair"):
        assert refused(cast[account], slip.serial) == refused(cast[account], serial_for(4711, 12))
    assert slip_for(cast["stranger"], slip.serial) is slip


@pytest.mark.parametrize("account", ["unit", "county", "admin"])
def test_who_logs_no_cases_gives_no_slips(cast, own, account):
    assert refused(cast[account], own.serial)


def test_code_address_and_serial_all_name_the_slip(cast, own):
    for text in (code_of(own), address(own), address(own).lower(), own.serial, own.serial.replace("-", "")):
        assert slip_for(cast["deputy"], text) is own


def test_a_stations_slip_serves_every_deputy_of_the_township_and_its_desk(cast):
    slip = issue_book(station=cast.station(), size=1).slips[0]
    for account in ("deputy", "deputy2", "clerk", "chair"):
        assert slip_for(cast[account], slip.serial) is slip


def test_the_desk_may_give_any_deputys_slip(cast, own):
    for account in ("clerk", "chair"):
        assert slip_for(cast[account], own.serial) is own
