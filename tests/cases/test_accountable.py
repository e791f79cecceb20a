"""One person is accountable for a case at every moment."""

import random

from fieldapp.cases import accountable
from fieldapp.database import db
from fieldapp.people.person import Membership, Person
from tests.cases.test_histories import step_on
from tests.reader import send
from tests.reader import visit as go


def heads(cast, account, code="water"):
    row = db.session.get(Membership, (cast[account].id, cast.unit(code).id))
    row.head = True
    db.session.commit()


def test_nobody_named_and_no_head_the_chair_is(cast):
    case = cast.brings("handed_over")
    assert accountable.of(case).person == cast["chair"]


def test_the_officer_then_the_head_then_the_chair(cast):
    second = Person(account="second", names={"zh": "乙"}, role="unit", area_id=cast.area("here").id)
    db.session.add(second)
    db.session.flush()
    db.session.add(Membership(person_id=second.id, unit_id=cast.unit().id, head=True))
    db.session.commit()
    case = cast.brings("handed_over")
    assert accountable.of(case).person == second
    cast.does("unit", case, "acceptance", officer=cast["unit"])
    assert accountable.of(case).person == cast["unit"]
    cast["unit"].active = False
    db.session.commit()
    assert accountable.of(case).person == second
    second.active = False
    db.session.commit()
    assert accountable.of(case).person == cast["chair"]


def test_what_has_ended_is_with_whoever_presides(cast):
    assert accountable.of(cast.brings("settled")).person == cast["chair"]


def test_over_random_histories_it_is_always_one_person(cast):
    chance = random.Random(7)
    heads(cast, "unit")
    for _history in range(12):
        case = cast.logs(chance.choice(["deputy", "clerk"]))
        for _step in range(10):
            step_on(cast, case, chance)
            found = accountable.of(case)
            assert found.person is not None and found.person.active
            if case.unit_id and case.state in accountable.WITH_A_UNIT:
                assert accountable.name_of(case.unit_id, case.officer_id, case.township_id, case.level) == found.name


def test_a_unit_has_one_head_and_the_page_says_who_gave_it_up(cast, visit):
    heads(cast, "unit")
    admin = visit("admin")
    other = cast["unit2"]
    water, roads = str(cast.unit().id), str(cast.unit("roads").id)
    refused = send(admin, go(admin, f"/people/{other.id}"), f"/people/{other.id}", units=[roads], heads=[water])
    assert refused.status == 422 and "works for it" in refused.text
    assert send(admin, refused, f"/people/{other.id}", units=[water, roads], heads=[water]).status == 200
    db.session.expire_all()
    assert cast["unit2"].headed_ids == {cast.unit().id} and not cast["unit"].headed_ids
    assert "head of a unit" in go(admin, f"/people/{cast['unit'].id}").text


def test_case_desk_and_paper_name_the_same_person(cast, visit):
    case = cast.brings("accepted")
    chair = visit("chair")
    for address in (f"/cases/{case.number}", "/desk", f"/cases/{case.number}/handover-slip"):
        assert "Accountable unit (handles it)" in go(chair, address).text or "water station unit" in go(chair, address).text
