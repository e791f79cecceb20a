"""A suggestion on its pages, from a case to the public's report."""

import pytest

from fieldapp.database import db
from fieldapp.suggestions.suggestion import Suggestion
from tests.reader import send
from tests.reader import visit as read
from tests.suggestions.test_moves import REPLY, brings, perform


def number_of(page) -> str:
    return page.url.rsplit("/", 1)[1]


def test_from_two_cases_to_a_closed_suggestion_on_the_pages_alone(cast, visit):
    first, second = cast.brings("handed_over"), cast.brings("accepted")
    deputy, other, chair, unit = visit("deputy"), visit("deputy2"), visit("chair"), visit("unit")
    assert f"/suggestions/new?case={first.number}" in read(deputy, f"/cases/{first.number}").html
    form = read(deputy, f"/suggestions/new?case={first.number}&case={second.number}")
    assert form.form("/suggestions/new").values["title"] == first.summary
    draft = send(deputy, form, "/suggestions/new", cases=[first.number, second.number])
    number = number_of(draft)
    assert first.number in draft.text and second.number in draft.text
    asked = send(deputy, draft, "/invitation", person=cast["deputy2"].id)
    assert "asked, not signed yet" in asked.text
    send(other, read(other, f"/suggestions/{number}"), "/signature")
    send(deputy, read(deputy, f"/suggestions/{number}"), "/submission")
    handed = send(chair, read(chair, f"/suggestions/{number}"), "/handover", unit=cast.unit().id, months="3")
    assert handed.status == 200 and "water station" in handed.text
    send(unit, read(unit, f"/suggestions/{number}"), "/talk", note="一起看了渠道")
    page = read(unit, f"/suggestions/{number}")
    send(unit, page, "/reply", class_="A", text="渠道已整修。", language="zh")
    for browser in (deputy, other):
        send(browser, read(browser, f"/suggestions/{number}"), "/opinion", rating="satisfied")
    closed = send(chair, read(chair, f"/suggestions/{number}"), "/closing")
    assert "Closed" in closed.text
    report = read(visit(), f"/reports/{number}")
    assert report.status == 200 and "渠道已整修。" in report.text
    assert "2 of 2 sponsors are satisfied or basically satisfied." in report.text


@pytest.mark.parametrize("account", ["deputy2", "clerk", "chair", "unit", "county", "stranger"])
def test_a_draft_exists_for_its_sponsors_alone(cast, visit, account):
    found = brings(cast, "draft")
    assert visit(account).get(f"/suggestions/{found.number}").status_code == 404
    assert visit().get(f"/reports/{found.number}").status_code == 404


@pytest.mark.parametrize(
    ("account", "status"), [("clerk", 200), ("chair", 200), ("unit", 200), ("unit2", 404), ("stranger", 404), ("county", 404)]
)
def test_a_handed_over_suggestion_exists_for_those_concerned(cast, visit, account, status):
    found = brings(cast, "handed_over")
    assert visit(account).get(f"/suggestions/{found.number}").status_code == status


@pytest.mark.parametrize("number", ["2026-0001", "2026-S", "-S1", "2026-S٣", "9" * 30 + "-S1", "x", "2026-S999999999999"])
def test_a_number_that_is_none_finds_nothing(cast, visit, number):
    brings(cast, "handed_over")
    assert visit("chair").get(f"/suggestions/{number}").status_code == 404
    assert visit().get(f"/reports/{number}").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_the_public_reads_nothing_of_the_residents_nor_single_opinions(cast, visit, lang):
    case = cast.brings("handed_over", narrative="CANARY-NARRATIVE 张三家的地")
    deputy = visit("deputy", lang)
    page = read(deputy, f"/suggestions/new?case={case.number}")
    number = number_of(send(deputy, page, "/suggestions/new", cases=[case.number]))
    found = db.session.scalar(db.select(Suggestion).where(Suggestion.numbered(number)))
    perform(found, "submission", cast["deputy"])
    perform(found, "handover", cast["chair"], {"unit": cast.unit(), "months": 6, "reason": "CANARY-HARD"})
    perform(found, "talk", cast["unit"], {"talked_on": found.handed_over_on, "note": "CANARY-TALK"})
    perform(found, "reply", cast["unit"], {**REPLY, "untalked": ""})
    perform(found, "opinion", cast["deputy"], {"rating": "basically", "note": "CANARY-OPINION"})
    for address in ("/reports", f"/reports/{number}"):
        html = read(visit(lang=lang), address).html
        assert "CANARY" not in html and case.number not in html


def test_a_withheld_report_is_gone_for_the_public_until_it_is_published(cast, visit):
    found = brings(cast, "handed_over")
    chair = visit("chair")
    send(chair, read(chair, f"/suggestions/{found.number}"), "/withholding", reason="涉及商业秘密")
    assert visit().get(f"/reports/{found.number}").status_code == 404
    assert found.title not in read(visit(), "/reports").text
    send(chair, read(chair, f"/suggestions/{found.number}"), "/publication")
    assert visit().get(f"/reports/{found.number}").status_code == 200


def test_what_was_typed_wrong_is_kept_and_said_beside_its_field(cast, visit):
    found = brings(cast, "submitted")
    chair = visit("chair")
    page = send(chair, read(chair, f"/suggestions/{found.number}"), "/handover", unit=cast.unit().id, months="6", reason="")
    assert page.status == 422 and "Six months need a reason" in page.text
    unit = visit("unit")
    perform(found, "handover", cast["chair"], {"unit": cast.unit(), "months": 3})
    page = send(
        unit, read(unit, f"/suggestions/{found.number}"), "/reply", class_="B", text="打电话给13800001111", language="zh", untalked=""
    )
    assert page.status == 422
    assert "need a day" in page.text and "telephone or ID number" in page.text and "13800001111" in page.html


def test_a_stale_click_gets_the_page_as_it_is_and_keeps_the_words(cast, visit):
    found = brings(cast, "submitted")
    chair = visit("chair")
    old = read(chair, f"/suggestions/{found.number}")
    perform(found, "handover", cast["chair"], {"unit": cast.unit(), "months": 3})
    late = send(chair, old, "/correction", reason="请写清楚地点")
    assert late.status == 409 and "请写清楚地点" in late.text


def test_another_deputys_case_is_not_offered(cast, visit):
    case = cast.brings("handed_over")
    assert visit("deputy2").get(f"/suggestions/new?case={case.number}").status_code == 404


def test_the_same_draft_sent_twice_is_one(cast, visit):
    deputy = visit("deputy")
    form = read(deputy, "/suggestions/new")
    pages = [send(deputy, form, "/suggestions/new", title="修路", text="建议修路。") for _time in range(2)]
    assert pages[0].url == pages[1].url
    assert db.session.scalar(db.select(db.func.count(Suggestion.id))) == 1


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_letter_and_opinion_form_print(cast, visit, lang):
    found = brings(cast, "replied", cosigned=True)
    perform(found, "opinion", cast["deputy2"], {"rating": "basically", "note": "可以"})
    letter = read(visit("unit", lang), f"/suggestions/{found.number}/letter")
    assert REPLY["text"] in letter.text and found.number in letter.text
    sheets = read(visit("chair", lang), f"/suggestions/{found.number}/opinion-form")
    assert sheets.html.count("☑") == 1 and sheets.html.count("☐") == 5
    own = read(visit("deputy", lang), f"/suggestions/{found.number}/opinion-form")
    assert own.html.count("☑") == 0
    assert visit("unit2").get(f"/suggestions/{found.number}/letter").status_code == 404
