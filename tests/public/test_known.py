"""What a resident reads of the own name and telephone: whether they are known, who may open them, who did."""

import itertools
from datetime import timedelta

import pytest

from fieldapp.cases import contacts
from fieldapp.cases.guards import may_open_contact
from fieldapp.database import clock_at, db, now
from tests.reader import visit as go

OPENED = "Your contact was opened (Station clerk)."
FORGOTTEN = "We no longer know your name or your telephone number."
UNKNOWN = "We do not know your name or your telephone number."
# By what was agreed: for the chair alone, and for the unit too; the first outranks the second.
WHO = {
    (False, False): "Those who handle your matter may open them; the unit may not.",
    (False, True): "Those who handle your matter may open them, and so may the unit: you agreed to that.",
    (True, False): "Only the chair of the congress may open them, as you wished.",
    (True, True): "Only the chair of the congress may open them, as you wished.",
}


def seal(case, chair_only: bool = False, share_with_unit: bool = False) -> None:
    contacts.seal_contact(case, {"name": "某某", "phone": "1", "chair_only": chair_only, "share_with_unit": share_with_unit})
    db.session.commit()


@pytest.fixture
def case(cast):
    return cast.brings("accepted")


@pytest.mark.parametrize("wishes", WHO)
def test_who_may_open_it_is_told_as_the_doors_have_it(cast, visit, slip_of, case, wishes):
    seal(case, *wishes)
    text = go(visit(), slip_of(case)).text
    assert {words for words in WHO.values() if words in text} == {WHO[wishes]}
    opens = {name for name in ("deputy", "chair", "unit") if may_open_contact(case, cast[name])}
    assert opens == {"chair"} | (set() if wishes[0] else {"deputy"}) | ({"unit"} if wishes == (False, True) else set())


def test_a_wish_that_is_put_down_anew_is_told_on_the_next_look(visit, slip_of, case):
    address, browser = slip_of(case), visit()
    for before, after in itertools.permutations(((False, False), (False, True), (True, False)), 2):
        seal(case, *before)
        assert WHO[before] in go(browser, address).text
        seal(case, *after)
        assert WHO[after] in go(browser, address).text


def test_who_opened_the_contact_is_told_also_after_it_is_forgotten(cast, visit, slip_of, case):
    address = slip_of(case)
    seal(case)
    cast.does("clerk", case, "contact_look", reason="asked to call back")
    assert OPENED in go(visit(), address).text
    with clock_at(now() + timedelta(days=366)):
        assert contacts.erase_due() == 1
    text = go(visit(), address).text
    assert OPENED in text and FORGOTTEN in text and UNKNOWN not in text


def test_one_that_was_never_known_is_not_called_forgotten(visit, slip_of, case):
    text = go(visit(), slip_of(case)).text
    assert UNKNOWN in text and FORGOTTEN not in text
