"""Whom a resident is told to call: nobody who is no longer in office."""

from datetime import timedelta

import pytest
import time_machine

from fieldapp.cases import succession
from fieldapp.database import db, now, today
from fieldapp.people.person import Mandate
from tests.reader import visit as go


@pytest.fixture
def numbers(cast):
    """Each has a telephone of their own."""
    cast["deputy"].phone, cast["deputy2"].phone = "0998-000-0121", "0998-000-0122"
    cast.area("here").phone = "0998-000-0100"
    db.session.commit()


@pytest.fixture
def over(cast, numbers):
    """The deputy's mandate ended yesterday."""
    mandate = cast["deputy"].mandates[0]
    mandate.ends = today() - timedelta(days=1)
    db.session.commit()
    return mandate


def told(visit, address, lang="en") -> str:
    return go(visit(), f"{address}?lang={lang}").text


OFFICE = "Questions? Call the congress office"


@pytest.mark.parametrize("state", ["guided", "withdrawn", "accepted"])
def test_after_the_mandate_the_page_names_and_dials_the_successor(cast, visit, slip_of, over, state):
    address = slip_of(cast.brings(state))
    succession.succeed(cast["admin"], over, cast["deputy2"], None)
    db.session.commit()
    page = told(visit, address)
    assert "Questions? Call deputy2" in page and "0998-000-0122" in page and "0998-000-0121" not in page


def test_a_matter_settled_long_before_the_elections_leads_to_the_successor_too(cast, visit, slip_of, numbers):
    address, mandate = slip_of(cast.brings("settled")), cast["deputy"].mandates[0]
    with time_machine.travel(now() + timedelta(days=60)):
        mandate.ends = today()
        succession.succeed(cast["admin"], mandate, cast["deputy2"], None)
        db.session.commit()
        assert "Questions? Call deputy2" in told(visit, address)


def test_without_a_successor_or_with_one_who_left_too_the_office_is_called(cast, visit, slip_of, over):
    address = slip_of(cast.brings("guided"))
    assert OFFICE in told(visit, address)
    over.successor_id = cast["deputy2"].id
    cast["deputy2"].mandates[0].ends = today() - timedelta(days=1)
    db.session.commit()
    assert OFFICE in told(visit, address) and "0998-000-0100" in told(visit, address)


def test_who_signs_in_no_more_is_not_called(cast, visit, slip_of, numbers):
    address = slip_of(cast.brings("guided"))
    cast["deputy"].active = False
    db.session.commit()
    assert OFFICE in told(visit, address)


def test_on_the_morning_after_the_last_day_a_page_that_was_kept_names_another(cast, both, slip_of, numbers):
    """Nobody acts: the day alone ends the mandate."""
    address = slip_of(cast.brings("guided")) + "?lang=en"
    cast["deputy"].mandates[0].ends = today() + timedelta(days=1)
    cast["deputy"].mandates[0].successor_id = cast["deputy2"].id
    db.session.commit()
    plain = {"Accept-Encoding": "identity"}
    assert b"Call deputy<" in both(address, plain)[2]
    with time_machine.travel(now() + timedelta(days=2)):
        assert b"Call deputy2<" in both(address, plain)[2]


def test_who_was_elected_again_or_sits_in_another_congress_is_called_as_before(cast, visit, slip_of, over):
    address = slip_of(cast.brings("guided"))
    db.session.add(Mandate(person_id=cast["deputy"].id, congress_id=over.congress_id, constituency="1", begins=today()))
    db.session.commit()
    assert "0998-000-0121" in told(visit, address)
