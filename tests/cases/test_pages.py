"""The page of a case: what each person finds there, and what goes wrong on it."""

import io

import pytest

from fieldapp.database import db
from tests.reader import send
from tests.reader import visit as go

SECRET = "秘密的原话：我家就在桥边"


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
@pytest.mark.parametrize("state", ["logged", "confirmed", "handed_over", "accepted", "answered", "settled", "guided", "withdrawn"])
def test_every_state_has_a_page_for_those_within_reach_and_none_for_the_stranger(cast, visit, state, lang):
    number = cast.brings(state).number
    for account in ("deputy", "clerk", "chair"):
        assert go(visit(account, lang), f"/cases/{number}").status == 200
    for account in ("stranger", "deputy2", "unit2", "county", "admin"):
        assert go(visit(account, lang), f"/cases/{number}").status == 404


def test_the_unit_reads_the_summary_and_never_the_residents_words(cast, visit):
    case = cast.brings("accepted", narrative=SECRET)
    page = go(visit("unit"), f"/cases/{case.number}")
    assert "渠道淤堵" in page.text
    assert SECRET not in page.html and "contact" not in page.html.lower()


def test_whether_there_is_a_contact_changes_no_byte_of_the_units_page(cast, visit):
    from fieldapp.cases import contacts

    case = cast.brings("accepted", narrative=SECRET)
    before = _without_keys(go(visit("unit"), f"/cases/{case.number}").html)
    contacts.seal_contact(case, {"name": "某某", "phone": "0998-000-0199", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    assert _without_keys(go(visit("unit"), f"/cases/{case.number}").html) == before


def _without_keys(html: str) -> str:
    import re

    return re.sub(r'(name="(once|csrf_token)" value=|name="csrf-token" content=)"[^"]*"', "", html)


def test_of_two_people_at_once_one_wins_and_the_other_keeps_what_they_typed(cast, visit):
    case = cast.brings("confirmed")
    chair, other = visit("chair"), visit("chair")
    first, second = go(chair, f"/cases/{case.number}"), go(other, f"/cases/{case.number}")
    unit = str(cast.unit().id)
    assert send(chair, first, "/handover", unit=unit, speed="urgent", summary="渠道要清淤").status == 200
    late = send(other, second, "/guidance", where="the county court", why="my long reason")
    assert late.status == 409
    assert "the county court" in late.text and "my long reason" in late.text
    assert "changed this while you were writing" in late.text


def test_a_conflict_on_a_move_that_is_still_open_keeps_the_form_filled(cast, visit):
    case = cast.brings("confirmed")
    chair, deputy = visit("chair"), visit("deputy")
    waiting = go(chair, f"/cases/{case.number}")
    send(deputy, go(deputy, f"/cases/{case.number}"), "/summary", summary="新的摘要")
    late = send(chair, waiting, "/handover", unit=str(cast.unit().id), speed="urgent", summary="我写的摘要")
    assert late.status == 409 and late.form("/handover").values["summary"] == "我写的摘要"
    assert send(chair, late, "/handover").status == 200
    db.session.refresh(case)
    assert case.state == "handed_over" and case.summary == "我写的摘要"


def test_the_same_form_sent_twice_does_nothing_twice(cast, visit):
    from fieldapp import journal

    case = cast.brings("handed_over")
    chair = visit("chair")
    page = go(chair, f"/cases/{case.number}")
    for _again in range(2):
        assert send(chair, page, "/urge").status == 200
    assert [entry.act for entry in journal.of(case.thing)].count("urge") == 1


def test_a_telephone_number_does_not_reach_the_unit_in_a_summary(cast, visit):
    case = cast.brings("confirmed")
    chair = visit("chair")
    refused = send(
        chair, go(chair, f"/cases/{case.number}"), "/handover", unit=str(cast.unit().id), speed="urgent", summary="请打 13812345678 联系"
    )
    assert refused.status == 422 and "telephone or ID number" in refused.text
    assert refused.form("/handover").values["summary"] == "请打 13812345678 联系"


@pytest.mark.parametrize(
    "typed, says",
    [
        ({"class_": "B", "text": "正在修"}, "need a day"),
        ({"class_": "A", "text": ""}, "fill this in"),
        ({"class_": "A", "text": "好" * 4001}, "too long"),
        ({"class_": "", "text": "好"}, "choose one"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_beside_its_field_and_keeps_the_words(cast, visit, typed, says):
    case = cast.brings("accepted")
    unit = visit("unit")
    page = send(unit, go(unit, f"/cases/{case.number}"), "/answer", **typed)
    assert page.status == 422 and says in page.text
    assert page.form("/answer").values["text"] == typed["text"]


def test_a_photo_that_is_none_is_refused_with_a_sentence(cast, visit):
    case = cast.brings("accepted")
    unit = visit("unit")
    page = send(unit, go(unit, f"/cases/{case.number}"), "/answer", class_="A", text="好了", photos=(io.BytesIO(b"not a picture"), "x.jpg"))
    assert page.status == 422
    db.session.refresh(case)
    assert case.state == "accepted" and not case.photos


def test_a_deputy_who_works_for_the_unit_neither_inspects_nor_opens_the_contact(cast, visit):
    from fieldapp.cases import contacts
    from fieldapp.people.person import Membership

    case = cast.brings("answered")
    contacts.seal_contact(case, {"name": "某某", "phone": "1", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    assert go(visit("deputy"), f"/cases/{case.number}").offers("/contact")
    db.session.add(Membership(person_id=cast["deputy"].id, unit_id=cast.unit().id))
    db.session.commit()
    page = go(visit("deputy"), f"/cases/{case.number}")
    assert not page.offers("/contact") and not page.offers("/inspection")


def test_the_work_order_leads_to_no_row_of_the_database(app, cast):
    from dataclasses import fields, is_dataclass

    from fieldapp.cases import work_order

    case = cast.brings("answered", narrative=SECRET)

    def plain(value):
        if isinstance(value, tuple):
            return all(map(plain, value))
        if is_dataclass(value):
            return all(plain(getattr(value, field.name)) for field in fields(value))
        return not isinstance(value, db.Model)

    with app.test_request_context("/?lang=en"):
        order = work_order.of(case, cast["unit"])
    assert order.answers and plain(order) and SECRET not in repr(order)


def test_another_day_without_a_day_is_refused_beside_the_field_and_the_summary_kept(cast, visit):
    case, chair = cast.brings("confirmed"), visit("chair")
    page = send(chair, go(chair, f"/cases/{case.number}"), "/handover", unit=str(cast.unit().id), speed="date", summary="渠道要清淤")
    assert page.status == 422 and "Please choose a day from today on." in page.text and "渠道要清淤" in page.text


def test_a_matter_nobody_decided_on_is_read_before_its_moves(cast, visit):
    page = go(visit("chair"), f"/cases/{cast.brings('confirmed').number}").html
    assert page.index("The resident's words") < page.index('id="moves"')


def test_a_promise_without_its_day_is_said_beside_the_day(cast, visit):
    case, unit = cast.brings("accepted"), visit("unit")
    page = send(unit, go(unit, f"/cases/{case.number}"), "/answer", class_="B", text="正在修")
    assert page.status == 422 and 'id="answer-promised-error"' in page.html and "正在修" in page.text


def test_a_reason_of_another_script_is_held_together_inside_the_sentence(cast, visit):
    case = cast.brings("handed_over")
    cast.does("unit", case, "return", reason="不归我们管。", better=None)
    for lang, shown in (("ug", "\u2068不归我们管。\u2069"), ("zh", "不归我们管。")):
        assert shown in visit("chair", lang).get(f"/cases/{case.number}").get_data(as_text=True)
    assert "\u2068" not in visit("chair", "zh").get(f"/cases/{case.number}").get_data(as_text=True)
