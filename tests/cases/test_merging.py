"""Merging: what is refused, who is offered what, and how it is undone exactly."""

from datetime import timedelta

import pytest

from fieldapp.cases.performing import OutOfTurn, Stale, perform
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db, now
from tests.cases.joint import finish, merged, settle
from tests.reader import send
from tests.reader import visit as go

KEPT = ("unit_id", "officer_id", "handed_over_at", "due", "amber", "limit_days", "clock_from", "level", "returns", "reworks", "proposed_id")


def test_a_case_does_not_join_itself_a_merged_one_or_one_that_has_ended(cast, visit):
    (member, joined), case = merged(cast), cast.logs()
    ended = cast.brings("withdrawn")
    chair = visit("chair")
    for number, says in (
        (case.number, "the case itself"),
        (member.number, f"has itself joined {joined.number}"),
        (ended.number, "has ended"),
        ("2026-9999", "no case with this number"),
    ):
        page = send(chair, go(chair, f"/cases/{case.number}"), "/merge", into=number)
        assert page.status == 422 and says in page.text and page.form("/merge").values["into"] == number
    db.session.refresh(case)
    assert case.state == "confirmed"


def test_whom_others_joined_joins_nobody(cast):
    _member, joined = merged(cast)
    with pytest.raises(OutOfTurn):
        cast.does("chair", joined, "merge", joined=cast.logs())


def test_an_answered_or_ended_case_joins_nobody(cast):
    for state in ("answered", "settled", "guided", "withdrawn"):
        with pytest.raises(OutOfTurn):
            cast.does("chair", cast.brings(state), "merge", joined=cast.logs())


def test_of_two_chairs_at_once_who_merge_crosswise_one_wins(cast):
    one, other = cast.logs(), cast.logs()
    versions = one.version, other.version
    perform(one, "merge", cast["chair"], {"joined": other}, version=versions[0])
    with pytest.raises(Stale):
        perform(other, "merge", cast["chair"], {"joined": one}, version=versions[1])
    assert (one.state, other.state) == ("merged", "confirmed")


def test_whoever_was_about_to_strike_off_learns_that_somebody_joined(cast):
    joined = cast.brings("answered")
    drawn = joined.version
    cast.does("chair", cast.logs(), "merge", joined=joined)
    with pytest.raises(Stale):
        perform(joined, "inspection", cast["chair"], {"note": "ok"}, version=drawn)


def test_another_township_is_out_of_reach(cast, visit):
    case = cast.logs()
    far = cast.logs(township_id=cast.area("there").id, village_id=cast.area("v11").id)
    chair = visit("chair")
    page = send(chair, go(chair, f"/cases/{case.number}"), "/merge", into=far.number)
    assert page.status == 422 and far.narrative not in page.text.replace(case.narrative, "")


def test_a_deputy_proposes_own_cases_only_and_learns_of_no_other(cast, visit):
    case, own, others = cast.logs(), cast.logs(), cast.logs("deputy2")
    deputy = visit("deputy")
    page = go(deputy, f"/cases/{case.number}")
    assert own.number in page.text and others.number not in page.text
    refused = send(deputy, page, "/merge_proposal", into=others.number)
    assert refused.status == 422 and "among yours" in refused.text
    assert send(deputy, page, "/merge_proposal", into=own.number).status == 200
    chair = visit("chair")
    assert "to merge, perhaps" in go(chair, "/desk").text and case.number in go(chair, "/desk?pile=proposed").text
    page = go(chair, f"/cases/{case.number}")
    assert "proposed by the deputy" in page.text and page.form("/merge").values["into"] == own.number
    send(chair, page, "/merge_refusal", reason="两块地")
    assert case.number not in go(chair, "/desk?pile=proposed").text


def test_the_chair_is_offered_all_of_the_township_and_merges_with_one_button(cast, visit):
    case, others = cast.logs(), cast.logs("deputy2")
    cast.logs("deputy2", narrative="学校门口放鞭炮，影响上课。")
    chair = visit("chair")
    page = go(chair, f"/cases/{case.number}")
    offered = [form for form in page.elements("form") if any(e.get("name") == "into" and e.get("type") == "hidden" for e in form.iter())]
    assert len(offered) == 1
    values = {e.get("name"): e.get("value") for e in offered[0].iter() if e.get("name")}
    assert values["into"] == others.number
    chair.post(offered[0].get("action"), data=values)
    db.session.refresh(case)
    assert case.state == "merged" and case.joined_id == others.id
    assert f"Handled together with {others.number}" in go(chair, f"/cases/{case.number}").text
    assert "2 residents raised this." in go(chair, f"/cases/{others.number}").text


@pytest.mark.parametrize("state", ["logged", "confirmed", "handed_over", "accepted"])
def test_undoing_restores_exactly_what_was(cast, state):
    with clock_at(now() - timedelta(days=20)):
        case, joined = cast.brings(state), cast.logs("deputy2")
    before = {name: getattr(case, name) for name in KEPT}
    logged = case.logged_at
    with clock_at(now() - timedelta(days=10)):
        cast.does("chair", case, "merge", joined=joined)
    cast.does("chair", case, "unmerge")
    assert case.state == state and case.joined_id is None and case.logged_at == logged
    assert {name: getattr(case, name) for name in KEPT} == before
    assert list(findings()) == []


def test_undone_after_the_joint_answer_but_not_long_after_the_end(cast):
    case, joined = merged(cast)
    finish(cast, joined)
    cast.does("resident", case, "verdict", solved=True)
    cast.does("chair", case, "unmerge")
    assert case.state == "confirmed" and case.feedback_id is None
    cast.does("chair", case, "merge", joined=joined)
    settle(cast, joined)
    with clock_at(now() + timedelta(days=31)), pytest.raises(OutOfTurn):
        cast.does("chair", case, "unmerge")
    with clock_at(now() + timedelta(days=29)):
        cast.does("chair", case, "unmerge")
    assert case.state == "confirmed" and joined.state == "settled"


def test_only_the_role_that_merged_undoes_it(cast):
    case, joined = cast.logs(), cast.logs("deputy2")
    for one in (case, joined):
        cast.does("chair", one, "escalation", opinion="请协调")
    cast.does("county", case, "merge", joined=joined)
    with pytest.raises(OutOfTurn):
        cast.does("chair", case, "unmerge")
    cast.does("county", case, "unmerge")
    assert case.state == "confirmed" and case.level == "county"


def test_the_county_merges_across_its_townships(cast, visit):
    here = cast.logs()
    there = cast.logs(township_id=cast.area("there").id, village_id=cast.area("v11").id)
    cast.does("chair", here, "escalation", opinion="请协调")
    cast.does("stranger", there, "escalation", opinion="请协调")
    county = visit("county")
    page = go(county, f"/cases/{here.number}")
    assert there.number in page.text
    assert send(county, page, "/merge", into=there.number).status == 200
    assert there.narrative not in go(visit("chair"), f"/cases/{here.number}").text.replace(here.narrative, "")
