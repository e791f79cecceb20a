"""Whoever works for a body that a case ever was with stays party to it: no contact, no inspection, no lent voice, no look-back."""

from datetime import timedelta

import pytest
import time_machine

from fieldapp.cases import contacts, guards, lookback, parties
from fieldapp.cases.moves import open_moves
from fieldapp.database import db, now, today
from fieldapp.people.person import Membership

HELPERS = ("deputy", "deputy2", "clerk", "chair")


def returned(cast):
    case = cast.brings("handed_over")
    cast.does("unit", case, "return", reason="不归我们管")
    cast.does("chair", case, "handover", unit=cast.unit("roads"), due=today() + timedelta(days=9), summary="渠道淤堵")
    return case


def let_go(cast):
    case = cast.logs()
    asked = today() + timedelta(days=5)
    cast.does("chair", case, "handover", unit=cast.unit("roads"), due=today() + timedelta(days=9), summary="渠道淤堵")
    cast.does("chair", case, "assistance", units=[cast.unit()], due=asked, asked="请提意见")
    cast.does("chair", case, "assistance_end", unit=cast.unit(), reason="不用了")
    return case


def was_joined(cast):
    case, joined = cast.logs(), cast.brings("handed_over")
    cast.does("chair", case, "merge", joined=joined)
    cast.does("chair", case, "unmerge")
    cast.does("chair", case, "handover", unit=cast.unit("roads"), due=today() + timedelta(days=9), summary="渠道淤堵")
    return case


WAYS = {"returned it": returned, "was let go": let_go, "had the case it joined": was_joined}


def belongs(cast, *accounts):
    db.session.add_all(Membership(person_id=cast[account].id, unit_id=cast.unit().id) for account in accounts)
    db.session.commit()


@pytest.mark.parametrize("way", WAYS)
def test_no_contact_no_inspection_no_look_back_after_the_body_gave_it_away(cast, way):
    case = WAYS[way](cast)
    contacts.seal_contact(case, {"name": "某某", "phone": "0998-000-0171"})
    db.session.commit()
    assert all(guards.may_open_contact(case, cast[account]) for account in HELPERS)
    belongs(cast, *HELPERS)
    assert all(guards.is_party(case, cast[account]) for account in HELPERS)
    assert not any(guards.may_open_contact(case, cast[account]) for account in HELPERS)
    cast.does("unit2", case, "acceptance", officer=cast["unit2"])
    cast.does("unit2", case, "answer", **{"class": "A", "text": "已清淤。", "language": "zh"})
    named = {account: {move.name for move in open_moves(case, cast[account])} for account in HELPERS}
    assert not any({"inspection", "rework", "contact_look"} & names for names in named.values()), named
    assert not any(lookback.may_look(case, kind, cast[account]) for kind in lookback.KINDS for account in HELPERS)


@pytest.mark.parametrize("way", WAYS)
def test_a_resident_is_lent_no_voice_by_somebody_of_a_body_that_gave_it_away(cast, visit, slip_of, way):
    case = WAYS[way](cast)
    cast.does("unit2", case, "acceptance", officer=cast["unit2"])
    cast.does("unit2", case, "answer", **{"class": "A", "text": "已清淤。", "language": "zh"})
    cast.does("deputy", case, "release")
    address = slip_of(case)
    for helper in ("unit", "unit2"):
        reply = visit(helper).post(f"{address}/verdict?lang=en", data={"solved": "yes"})
        assert reply.status_code == 422 and "works for a unit that had this matter" in reply.text, helper
    assert visit("deputy2").post(f"{address}/verdict", data={"solved": "yes"}).status_code == 303


@pytest.mark.parametrize("way", WAYS)
def test_the_code_is_shown_no_more_to_a_deputy_of_a_body_that_gave_it_away(cast, visit, slip_of, way):
    """Whoever holds the code says “solved” as the resident, unmarked."""
    case, deputy = WAYS[way](cast), visit("deputy")
    slip_of(case)
    page = f"/field/cases/{case.number}/slip"
    assert "slip__code" in deputy.get(page).text
    belongs(cast, "deputy")
    shown = deputy.get(page).text
    assert "slip__code" not in shown and case.slip.serial in shown and "You work for a unit that had this matter." in shown


def test_a_look_back_goes_to_nobody_of_a_body_that_gave_it_away(cast):
    case = returned(cast)
    belongs(cast, "deputy", "clerk")
    cast.does("unit2", case, "acceptance", officer=cast["unit2"])
    cast.does("unit2", case, "answer", **{"class": "A", "text": "已清淤。", "language": "zh"})
    cast.does("deputy", case, "release")
    cast.does("resident", case, "verdict", solved=True)
    cast.does("chair", case, "inspection", note="看过了")
    cast.does("chair", case, "settlement")
    assert {found.assignee_id for found in lookback.of(case)} <= {cast["deputy2"].id}
    assert {person.account for person in lookback.fit_for(case, "month")} == {"deputy2", "chair"}
    with time_machine.travel(now() + timedelta(days=40)):
        assert lookback.next_for(case, cast["clerk"]) is None and lookback.next_for(case, cast["chair"]) is not None


def test_whoever_works_for_no_body_of_it_is_no_party(cast):
    case = returned(cast)
    assert not any(guards.is_party(case, cast[account]) for account in HELPERS)
    db.session.add(Membership(person_id=cast["deputy"].id, unit_id=cast.unit("far").id))
    db.session.commit()
    assert not guards.is_party(case, cast["deputy"]) and parties.bodies(case) == {cast.unit().id, cast.unit("roads").id}
