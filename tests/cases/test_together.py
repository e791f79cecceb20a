"""Cases handled together: each resident is told and heard, and nobody learns whose they are."""

from datetime import timedelta

import pytest

from fieldapp import journal
from fieldapp.cases import contacts, joining
from fieldapp.cases.outcome import Feedback
from fieldapp.cases.performing import OutOfTurn
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db, now, today
from fieldapp.people.person import Membership
from fieldapp.slips.codes import find, has_expired, pool_for
from tests.cases.joint import answer, finish, merged, settle
from tests.reader import visit as go


def test_it_is_struck_off_only_when_every_resident_was_told_and_heard_or_silent(cast):
    case, joined = merged(cast)
    finish(cast, joined)
    cast.does("resident", joined, "verdict", solved=True)
    cast.does("chair", joined, "inspection", note="ok")
    with pytest.raises(OutOfTurn):
        cast.does("chair", joined, "settlement")
    cast.does("deputy", case, "feedback", channel="impossible", told_on=today(), note="搬走了")
    with pytest.raises(OutOfTurn):
        cast.does("chair", joined, "settlement")
    with clock_at(now() + timedelta(days=8)):
        cast.does("chair", joined, "settlement")
    assert joined.state == "settled" and case.state == "merged"


def test_another_answer_has_to_be_told_anew(cast):
    case, joined = merged(cast)
    finish(cast, joined)
    cast.does("deputy", case, "feedback", channel="call", told_on=today())
    assert joining.feedback_of(case) is not None
    cast.does("chair", joined, "rework", reason="没通")
    cast.does("unit", joined, "acceptance", officer=cast["unit"])
    answer(cast, joined)
    assert joining.feedback_of(case) is None
    assert db.session.scalar(db.select(db.func.count()).select_from(Feedback).where(Feedback.case_id == case.id)) == 1


def test_who_waits_to_be_told_waits_on_the_desk(cast, visit):
    case, joined = merged(cast)
    chair = visit("chair")
    assert case.number not in go(chair, "/desk?pile=tell").text
    finish(cast, joined)
    assert case.number in go(chair, "/desk?pile=tell").text
    cast.does("deputy", case, "feedback", channel="call", told_on=today())
    assert case.number not in go(chair, "/desk?pile=tell").text


def test_that_one_resident_was_told_leaves_the_other_to_be_told(cast, visit):
    case, joined = merged(cast)
    finish(cast, joined)
    cast.does("deputy2", joined, "feedback", channel="call", told_on=today())
    page = go(visit("chair"), "/desk?pile=tell").html
    assert f"/cases/{case.number}" in page and f"/cases/{joined.number}" not in page


@pytest.mark.parametrize("pile", ["open", "new", "late", "soon", "accept"])
def test_a_merged_case_leaves_the_desk_and_stands_in_the_ledger_with_the_number_it_joined(cast, visit, pile):
    case, joined = merged(cast)
    page = go(visit("chair"), f"/desk?pile={pile}")
    assert f"/cases/{case.number}" not in page.html
    assert f"into {joined.number}" in go(visit("chair"), "/ledger?state=merged").text


def test_when_the_joint_case_is_withdrawn_the_others_go_on_as_before(cast):
    case, joined = merged(cast, "handed_over")
    due = case.due
    cast.does("resident", joined, "withdrawal")
    db.session.refresh(case)
    assert (case.state, case.due, case.joined_id) == ("handed_over", due, None)
    assert journal.of(case.thing)[-1].role == "clock"
    assert list(findings()) == []


def test_a_resident_withdraws_the_own_voice_alone(cast):
    case, joined = merged(cast)
    cast.does("resident", case, "withdrawal")
    assert case.state == "withdrawn" and case.joined_id is None and joined.state == "confirmed"
    assert joining.supporters(joined) == 1


def test_contact_and_slip_end_with_the_joint_case(cast):
    case, joined = merged(cast)
    pool_for(cast["deputy"])[0].case = case
    contacts.seal_contact(case, {"name": "某某", "phone": "1", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    with clock_at(now() + timedelta(days=100)):
        assert contacts.erase_due() == 0 and not has_expired(case.slip)
    finish(cast, joined)
    cast.does("resident", case, "verdict", solved=True)
    settle(cast, joined)
    with clock_at(now() + timedelta(days=29)):
        assert contacts.erase_due() == 0
    with clock_at(now() + timedelta(days=31)):
        assert contacts.erase_due() == 1
    with clock_at(now() + timedelta(days=91)):
        assert has_expired(case.slip) and find(case.slip.serial) is None


def test_the_unit_learns_a_number_and_never_whose(cast, visit):
    secret = "秘密的原话：我家就在桥边"
    case, joined = merged(cast, "handed_over", into="handed_over", narrative=secret)
    unit = visit("unit")
    page = go(unit, f"/cases/{joined.number}")
    assert "2 residents raised this." in page.text
    for html in (page.html, go(unit, f"/cases/{case.number}").html, go(unit, "/desk").html):
        assert secret not in html and "deputy2" not in html
    alone = cast.brings("handed_over")
    assert "resident raised" not in go(unit, f"/cases/{alone.number}").text


def test_who_works_for_the_joint_unit_is_party_to_the_merged_case_too(cast, visit):
    case, joined = merged(cast, into="handed_over")
    contacts.seal_contact(case, {"name": "某某", "phone": "1", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    assert go(visit("deputy"), f"/cases/{case.number}").offers("/contact")
    db.session.add(Membership(person_id=cast["deputy"].id, unit_id=joined.unit_id))
    db.session.commit()
    assert not go(visit("deputy"), f"/cases/{case.number}").offers("/contact")
