"""To the county and back: who decides there, who keeps seeing it, what is printed."""

import io
from datetime import timedelta

import pytest

from fieldapp.cases import accountable, levels
from fieldapp.cases.performing import OutOfTurn
from fieldapp.cases.verifying import findings
from fieldapp.database import db, today
from fieldapp.demo.drawing import scene
from fieldapp.people.person import Person
from fieldapp.places.place import Unit
from tests.reader import send
from tests.reader import visit as go

SECRET = "秘密的原话：我家就在桥边"


@pytest.fixture
def bureau(cast):
    """A unit of the county, without an account."""
    unit = Unit(code="bureau", names={"zh": "水利局", "ug": "سۇ ئىدارىسى", "en": "water bureau"}, area_id=cast.area("county").id)
    db.session.add(unit)
    db.session.commit()
    return unit


def escalated(cast, **fields):
    case = cast.brings("confirmed", summary="渠道要重修", **fields)
    cast.does("chair", case, "escalation", opinion="请县水利局研究")
    return case


def without_county(cast):
    db.session.execute(db.update(Person).where(Person.role == "county").values(active=False))
    db.session.commit()


def given_to(unit):
    return {"unit": unit, "due": today() + timedelta(days=20), "summary": "渠道要重修"}


def test_what_is_with_the_county_is_not_the_chairs_to_hand_over(cast, bureau, visit):
    case = escalated(cast)
    for move in ("handover", "county_handover", "county_advice"):
        with pytest.raises(OutOfTurn):
            cast.does("chair", case, move, advice="x", **given_to(bureau))
    page = go(visit("chair"), f"/cases/{case.number}")
    assert page.status == 200 and not page.offers("/handover") and not page.offers("/county_handover")


def test_the_county_hands_it_to_a_unit_of_the_county_alone(cast, bureau, visit):
    case = escalated(cast)
    county = visit("county")
    page = go(county, f"/cases/{case.number}")
    typed = {"speed": "complex", "summary": "渠道要重修"}
    wrong = send(county, page, "/handover", unit=str(cast.unit().id), **typed)
    assert wrong.status == 422
    assert send(county, wrong, "/handover", unit=str(bureau.id), **typed).status == 200
    db.session.refresh(case)
    assert case.unit is bureau and case.level == "county" and case.state == "handed_over"
    assert accountable.of(case).person == cast["county"]


def test_the_answer_comes_back_to_the_same_slip_deputy_and_township(cast, bureau, visit):
    from fieldapp.slips.codes import code_of, pool_for

    case = escalated(cast)
    cast.does("deputy", case, "slip", slip=pool_for(cast["deputy"])[0])
    slip = f"/s/{code_of(case.slip)}?lang=en"
    assert "taken to the county congress" in go(visit(), slip).text and "unit of the county" in go(visit(), slip).text
    cast.does("county", case, "handover", **given_to(bureau))
    assert "It is with the county: water bureau has it." in go(visit(), slip).text
    with pytest.raises(OutOfTurn):
        cast.does("chair", case, "paper_answer", **{"class": "A", "text": "修好了", "language": "zh"})
    cast.does("county", case, "paper_answer", **{"class": "A", "text": "渠道已重修。", "language": "zh"})
    for account in ("deputy", "clerk", "chair", "county"):
        assert "渠道已重修。" in go(visit(account), f"/cases/{case.number}").text
    assert go(visit("chair"), f"/cases/{case.number}").offers("/release")
    cast.does("clerk", case, "release")
    assert "渠道已重修。" in go(visit(), f"{slip}&lang=zh").text
    cast.does("resident", case, "verdict", solved=True)
    cast.does("deputy", case, "inspection", note="看过")
    with pytest.raises(OutOfTurn):
        cast.does("chair", case, "settlement")
    cast.does("county", case, "settlement")
    assert case.state == "settled" and list(findings()) == []


def test_where_nobody_of_the_county_sits_here_the_chair_records_its_reply_through_the_pages(cast, bureau, visit):
    case = escalated(cast)
    without_county(cast)
    chair = visit("chair")
    page = go(chair, f"/cases/{case.number}")
    assert not page.offers("/handover") and page.offers("/county_advice")
    assert f"/cases/{case.number}" in go(chair, "/desk?pile=new").html
    page = send(chair, page, "/county_handover", unit=str(bureau.id), speed="complex", summary="渠道要重修")
    assert page.status == 200 and "recorded that the county gave the case to water bureau" in page.text
    photo = (io.BytesIO(scene(1)), "paper.jpg")
    page = send(chair, page, "/paper_answer", class_="D", text="今年没有经费，明年再报。", language="zh", scan=photo)
    assert page.status == 200
    db.session.refresh(case)
    assert case.state == "answered" and case.answer.recorded and case.answer.unit is bureau
    assert accountable.of(case).person == cast["chair"]


def test_the_countys_advice_on_paper_brings_it_back(cast, visit):
    case = escalated(cast)
    without_county(cast)
    chair = visit("chair")
    page = send(chair, go(chair, f"/cases/{case.number}"), "/county_advice", advice="镇里先办")
    db.session.refresh(case)
    assert page.status == 200 and case.level == "township" and levels.hands_over(case, cast["chair"])


def test_two_returns_in_the_township_leave_the_county_unit_its_own(cast, bureau):
    case = cast.brings("confirmed", summary="渠道")
    for _turn in range(2):
        cast.does("chair", case, "handover", **given_to(cast.unit()))
        cast.does("unit", case, "return", reason="不归我们", better=None)
    cast.does("chair", case, "escalation", opinion="请协调")
    assert case.returns == 0
    cast.does("county", case, "advice", advice="镇里办")
    assert case.returns == 2


def test_a_telephone_number_is_not_reported(cast, visit):
    case = cast.brings("confirmed")
    chair = visit("chair")
    page = send(chair, go(chair, f"/cases/{case.number}"), "/escalation", opinion="请打 13812345678")
    assert page.status == 422 and "telephone or ID number" in page.text


def canaries(case):
    from fieldapp.cases import contacts

    contacts.seal_contact(case, {"name": "甲乙丙", "phone": "0998-000-0199", "share_with_unit": True, "chair_only": False})
    db.session.commit()
    return (SECRET, "甲乙丙", "0998-000-0199", "私下的话", "一个理由", "opened the resident", "联系方式")


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_no_paper_tells_who_complained(cast, bureau, visit, lang):
    case = cast.brings("confirmed", narrative=SECRET, summary="渠道要重修")
    secrets = canaries(case)
    cast.does("chair", case, "contact_look", reason="一个理由")
    cast.does("chair", case, "handover", note="私下的话", assisting=[cast.unit("roads")], asked="看看路面", **given_to(cast.unit()))
    chair = visit("chair", lang)
    slip = go(chair, f"/cases/{case.number}/handover-slip")
    assert slip.status == 200 and "看看路面" in slip.text and case.number in slip.text
    cast.does("unit", case, "return", reason="私下的话", better=None)
    cast.does("chair", case, "escalation", opinion="请县水利局研究")
    report = go(chair, f"/cases/{case.number}/escalation-report")
    assert report.status == 200 and "请县水利局研究" in report.text
    cast.does("county", case, "handover", **given_to(bureau))
    again = go(visit("county", lang), f"/cases/{case.number}/handover-slip")
    for page in (slip, report, again):
        assert not [secret for secret in secrets if secret in page.html]


def test_what_was_not_handed_over_or_reported_has_no_paper(cast, visit):
    case = cast.brings("confirmed")
    for paper in ("handover-slip", "escalation-report"):
        assert go(visit("chair"), f"/cases/{case.number}/{paper}").status == 404
        assert go(visit("stranger"), f"/cases/{case.number}/{paper}").status == 404
