"""A form sent once more: by a double tap it is the same matter; with other words,
after “back”, it is another one, and nothing of it is lost."""

import re

import pytest

from fieldapp.cases import contacts
from tests.public.sending import STATION, cases, form_of, picture


@pytest.fixture
def sends(visit, matter):
    """Sends one and the same form, as the browser brings it back, with other answers; returns the slip's serial."""
    browser = visit()
    form = form_of(browser)

    def sends(**other):
        reply = browser.post(STATION, data={**form, **matter, **other})
        assert reply.status_code == 200
        return re.search(r"№ ([-0-9]+)<", reply.get_data(as_text=True))[1]

    return sends


def test_the_same_form_sent_twice_is_one_matter_with_one_slip(cast, sends):
    slips = [sends(), sends()]
    (case,) = cases()
    assert slips == [case.slip.serial] * 2


def test_the_same_photos_chosen_again_are_the_same_matter(cast, sends):
    slips = [sends(photos=[picture(), picture("blue")]), sends(photos=[picture("blue"), picture()])]
    (case,) = cases()
    assert slips == [case.slip.serial] * 2


@pytest.mark.parametrize(
    "other",
    [
        lambda cast: {"narrative": "桥上的灯不亮。"},
        lambda cast: {"category": cast.category("water").id},
        lambda cast: {"village": cast.area("v01").id},
        lambda cast: {"photos": [picture()]},
        lambda cast: {"contact_phone": "13800000000"},
    ],
    ids=["words", "category", "village", "photo", "contact"],
)
def test_other_words_after_back_are_another_matter_with_a_slip_of_its_own(cast, sends, other):
    slips = [sends(), sends(**other(cast))]
    assert slips == [case.slip.serial for case in cases()]
    assert len(set(slips)) == 2


def test_a_consent_withdrawn_after_back_is_not_lost_behind_the_first_slip(cast, sends):
    sends(contact_phone="13800000000", share="yes")
    sends(contact_phone="13800000000", share="no", chair_only="y")
    assert [contacts.open_contact(case)["share_with_unit"] for case in cases()] == [True, False]


def test_back_once_more_to_the_first_words_is_answered_with_the_first_slip(cast, sends):
    first, _second, again = sends(), sends(narrative="桥上的灯不亮。"), sends()
    assert again == first
    assert len(cases()) == 2
