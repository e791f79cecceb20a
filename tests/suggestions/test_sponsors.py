"""A signature is personal: what a sponsor owes ends with the mandate."""

import pytest

from fieldapp.cases.verifying import findings
from fieldapp.database import db, today
from fieldapp.people.person import Mandate
from fieldapp.suggestions import report
from fieldapp.suggestions.moves import TABLE
from fieldapp.suggestions.performing import perform
from tests.suggestions.test_moves import brings


@pytest.fixture
def leave(cast):
    """The named deputy's mandate has ended."""

    def end(account):
        cast[account].mandates[0].ends = today()
        db.session.commit()

    return end


def names(found, person):
    return {move.name for move in TABLE.open_moves(found, person)}


def test_when_a_sponsor_leaves_the_others_speak(cast, leave):
    found = brings(cast, "replied", cosigned=True)
    leave("deputy")
    assert names(found, cast["deputy"]) == set() and names(found, cast["deputy2"]) == {"opinion"}
    assert not names(found, cast["chair"]) & {"closing", "closing_unheard"}
    assert report.of(found).opinions == ""
    perform(found, "opinion", cast["deputy2"], {"rating": "satisfied"})
    assert "closing" in names(found, cast["chair"]) and report.of(found).opinions


def test_when_no_sponsor_is_left_it_is_closed_without_an_opinion(cast, leave):
    found = brings(cast, "replied", cosigned=True)
    leave("deputy")
    leave("deputy2")
    assert "closing_unheard" in names(found, cast["chair"]) and "closing" not in names(found, cast["chair"])
    perform(found, "closing_unheard", cast["chair"])
    assert found.state == "closed" and report.of(found).lines[-1].name == "closing_unheard"
    assert not [sentence for sentence in findings() if "suggestion" in sentence]


def test_what_was_said_before_leaving_stays_said(cast, leave):
    found = brings(cast, "replied")
    perform(found, "opinion", cast["deputy"], {"rating": "basically"})
    leave("deputy")
    assert "closing" in names(found, cast["chair"]) and "closing_unheard" not in names(found, cast["chair"])


def test_a_draft_whose_lead_sponsor_left_is_led_by_the_next_who_signed(cast, leave):
    found = brings(cast, "draft", cosigned=True)
    assert "submission" not in names(found, cast["deputy2"])
    leave("deputy")
    assert names(found, cast["deputy"]) == set()
    perform(found, "submission", cast["deputy2"])
    assert [sponsor.person.account for sponsor in found.sponsors] == ["deputy", "deputy2"]


def test_who_was_elected_again_goes_on_speaking(cast, leave):
    found = brings(cast, "replied")
    leave("deputy")
    db.session.add(Mandate(person_id=cast["deputy"].id, congress_id=found.area_id, begins=today()))
    db.session.commit()
    assert "opinion" in names(found, cast["deputy"])
