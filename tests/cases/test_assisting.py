"""Assisting units: who is asked, who sees what, one opinion each, beside the lead."""

from datetime import timedelta

import pytest

from fieldapp import journal
from fieldapp.cases import assistance, guards
from fieldapp.cases.performing import OutOfTurn
from fieldapp.cases.verifying import findings
from fieldapp.database import db, today
from fieldapp.people.person import Membership
from tests.reader import send
from tests.reader import visit as go

SECRET = "秘密的原话：我家就在桥边"


def assisted(cast, state="handed_over", **fields):
    """A case that the water station leads and the road office assists with."""
    case = cast.brings("confirmed", **fields)
    given = {"unit": cast.unit(), "due": today() + timedelta(days=40), "summary": "渠道淤堵，需要清淤。"}
    cast.does("chair", case, "handover", assisting=[cast.unit("roads")], asked="桥下是否要改道？", **given)
    if state != "handed_over":
        cast.does("unit", case, "acceptance", officer=cast["unit"])
    if state == "answered":
        cast.does("unit", case, "answer", **{"class": "A", "text": "渠道已清淤。", "language": "zh"})
    return case


def says(cast, case, **more):
    return cast.does("unit2", case, "opinion", **{"text": "不必改道，可以先清桥下。", "language": "zh", **more})


def test_a_unit_that_was_not_asked_has_no_case_and_no_opinion(cast, visit):
    case = cast.brings("handed_over")
    assert go(visit("unit2"), f"/cases/{case.number}").status == 404
    with pytest.raises(OutOfTurn):
        says(cast, case)


def test_the_lead_unit_cannot_assist_as_well(cast, visit):
    case = cast.brings("confirmed")
    chair, water = visit("chair"), str(cast.unit().id)
    typed = {"unit": water, "assisting": [water], "asked_to": "看看", "summary": "渠道要清淤", "speed": "ordinary"}
    page = send(chair, go(chair, f"/cases/{case.number}"), "/handover", **typed)
    assert page.status == 422 and "cannot assist as well" in page.text and "看看" in page.html
    db.session.refresh(case)
    assert case.state == "confirmed" and not assistance.of(case)


def test_an_opinion_is_due_within_a_month(cast, visit):
    case = cast.brings("handed_over")
    chair = visit("chair")
    page = go(chair, f"/cases/{case.number}")
    typed = {"units": [str(cast.unit("roads").id)], "asked_to": "看看"}
    late = send(chair, page, "/assistance", opinion_due=(today() + timedelta(days=40)).isoformat(), **typed)
    assert late.status == 422 and "within one month" in late.text
    assert send(chair, late, "/assistance", opinion_due=(today() + timedelta(days=9)).isoformat(), **typed).status == 200
    assert [row.due for row in assistance.of(case)] == [today() + timedelta(days=9)]


def test_a_telephone_number_reaches_neither_the_assisting_nor_the_lead_unit(cast, visit):
    case = assisted(cast)
    officer = visit("unit2")
    page = send(officer, go(officer, f"/cases/{case.number}"), "/opinion", text="请打 13812345678", language="zh")
    assert page.status == 422 and "telephone or ID number" in page.text and "13812345678" in page.html
    chair = visit("chair")
    page = send(chair, go(chair, f"/cases/{case.number}"), "/assistance", units=[], asked_to="请打 13812345678")
    assert page.status == 422 and "telephone or ID number" in page.text


def test_the_assisting_officer_reads_the_order_alone_and_can_do_nothing_but_give_the_opinion(cast, visit):
    from fieldapp.cases import contacts

    case = assisted(cast, narrative=SECRET)
    contacts.seal_contact(case, {"name": "某某", "phone": "0998-000-0199", "share_with_unit": True, "chair_only": False})
    db.session.commit()
    page = go(visit("unit2"), f"/cases/{case.number}")
    assert "桥下是否要改道？" in page.text and "渠道淤堵" in page.text and "water station" in page.text
    assert SECRET not in page.html and "某某" not in page.html
    actions = {form.get("action").rsplit("/", 1)[1] for form in page.elements("form") if "/cases/" in (form.get("action") or "")}
    assert actions == {"opinion"}
    for name in ("acceptance", "return", "answer", "contact", "urge", "assistance"):
        reply = visit("unit2").post(f"/cases/{case.number}/{name}", data={"reason": "x"})
        assert reply.status_code in (400, 409, 422) and SECRET.encode() not in reply.data and "某某".encode() not in reply.data
    db.session.refresh(case)
    assert case.state == "handed_over"


def test_the_answer_and_its_photos_do_not_reach_the_assisting_unit(cast, visit):
    case = assisted(cast, "answered")
    page = go(visit("unit2"), f"/cases/{case.number}")
    assert page.status == 200 and "渠道已清淤。" not in page.html


def test_the_opinion_is_read_by_lead_and_congress_and_never_by_the_resident(cast, visit):
    from fieldapp.slips.codes import code_of, pool_for

    case = assisted(cast, "accepted")
    cast.does("deputy", case, "slip", slip=pool_for(cast["deputy"])[0])
    officer = visit("unit2")
    assert send(officer, go(officer, f"/cases/{case.number}"), "/opinion", text="不必改道，先清桥下。", language="zh").status == 200
    for account in ("unit", "chair", "clerk", "deputy"):
        assert "不必改道" in go(visit(account), f"/cases/{case.number}").text
    html = go(visit(), f"/s/{code_of(case.slip)}").html
    assert "不必改道" not in html and "road office" not in html
    with pytest.raises(OutOfTurn):
        says(cast, case)


def test_sent_twice_the_opinion_stands_once(cast, visit):
    case = assisted(cast)
    officer = visit("unit2")
    page = go(officer, f"/cases/{case.number}")
    for _again in range(2):
        assert send(officer, page, "/opinion", text="先清桥下。", language="zh").status == 200
    assert [entry.act for entry in journal.of(case.thing)].count("opinion") == 1


def test_a_unit_that_is_let_go_sees_the_case_no_more_and_may_be_asked_again(cast, visit):
    case = assisted(cast)
    cast.does("chair", case, "assistance_end", unit=cast.unit("roads"), reason="不需要了")
    assert go(visit("unit2"), f"/cases/{case.number}").status == 404
    cast.does("chair", case, "assistance", units=[cast.unit("roads")], asked="再看", due=today())
    assert go(visit("unit2"), f"/cases/{case.number}").status == 200


def test_a_returned_case_is_handed_to_the_unit_that_assisted_and_that_assists_no_more(cast, visit):
    case = assisted(cast)
    cast.does("unit", case, "return", reason="归路政", better=cast.unit("roads"))
    assert go(visit("unit2"), f"/cases/{case.number}").status == 404
    page = go(visit("chair"), f"/cases/{case.number}")
    form = page.form("/handover").values
    assert form["unit"] == str(cast.unit("roads").id) and "It says that road office should have it." in page.text
    assert "should go to road office" in go(visit("chair"), "/desk?pile=returned").text
    cast.does("chair", case, "handover", unit=cast.unit("roads"), due=today(), summary="桥下要清", assisting=[cast.unit("roads")])
    assert case.unit_id == cast.unit("roads").id and not assistance.present(case)


def test_the_desk_of_an_assisting_officer_lists_the_case_with_its_own_date(cast, visit):
    case = assisted(cast)
    page = go(visit("unit2"), "/desk?pile=assist")
    row = assistance.present(case)[0]
    assert row.due < case.due and "assisting" in page.text and f"/cases/{case.number}" in page.html
    assert f"/cases/{case.number}" not in go(visit("unit2"), "/desk?pile=accept").html
    says(cast, case)
    assert f"/cases/{case.number}" not in go(visit("unit2"), "/desk?pile=assist").html


def test_whoever_works_for_an_assisting_unit_takes_no_part_in_the_check(cast):
    case = assisted(cast, "answered")
    assert guards.may_inspect(case, cast["deputy"])
    db.session.add(Membership(person_id=cast["deputy"].id, unit_id=cast.unit("roads").id))
    db.session.commit()
    assert not guards.may_inspect(case, cast["deputy"]) and guards.is_party(case, cast["deputy"])


def test_a_settled_case_is_with_its_lead_alone(cast, visit):
    case = assisted(cast, "answered")
    says(cast, case)
    for who, move, given in (
        ("deputy", "release", {}),
        ("resident", "verdict", {"solved": True}),
        ("deputy", "inspection", {"note": "ok"}),
        ("chair", "settlement", {}),
    ):
        cast.does(who, case, move, **given)
    assert go(visit("unit2"), f"/cases/{case.number}").status == 404
    assert go(visit("unit"), f"/cases/{case.number}").status == 200
    assert list(findings()) == []


def test_after_two_returns_the_unit_has_no_button_to_return(cast, visit):
    case = cast.brings("confirmed")
    for turn in range(3):
        cast.does("chair", case, "handover", unit=cast.unit(), due=today() + timedelta(days=9), summary="渠道")
        page = go(visit("unit"), f"/cases/{case.number}")
        assert page.offers("/return") == (turn < 2)
        if turn < 2:
            cast.does("unit", case, "return", reason="不归我们", better=None)


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_pages_with_an_assisting_unit_are_drawn_in_each_language(cast, visit, lang):
    case = assisted(cast)
    says(cast, case)
    for account in ("chair", "unit", "unit2"):
        assert go(visit(account, lang), f"/cases/{case.number}").status == 200
        assert go(visit(account, lang), "/desk").status == 200
