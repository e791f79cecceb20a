"""A matter sent without an account: what is refused, with nothing lost."""

import io
import re

import pytest
import time_machine
from sqlalchemy import select

from fieldapp.database import db
from fieldapp.people.session import Failure
from fieldapp.places.place import Category
from fieldapp.public import receiving
from fieldapp.public.receiving_form import USUAL
from fieldapp.slips.slip import Slip
from tests import reader
from tests.public.sending import STATION, cases, form_of, picture


@pytest.mark.parametrize(
    "missing, sentence",
    [
        ({"narrative": ""}, "Please write a few words"),
        ({"narrative": "   \n "}, "Please write a few words"),
        ({"category": ""}, "Please choose one"),
        ({"category": "999"}, "Please choose one"),
        ({"category": "x"}, "Please choose one"),
        ({"village": "-1"}, "Please choose one"),
        ({"village": ""}, "Please choose one"),
        ({"narrative": "字" * 10_001}, "too long"),
        ({"contact_name": "名" * 81}, "too long"),
        ({"narrative": "我的电话是13812345678"}, "seem to hold a telephone"),
        ({"website": "http://spam.example"}, "once more"),
    ],
)
def test_an_incomplete_matter_is_answered_with_a_sentence_and_nothing_is_lost(cast, visit, matter, missing, sentence):
    browser = visit()
    reply = browser.post(STATION, data={**form_of(browser), "contact_phone": "0998-123", **matter, **missing})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert sentence in page
    assert "0998-123" in page
    assert {**matter, **missing}["narrative"].strip()[:50] in page
    assert "spam.example" not in page
    assert cases() == []
    assert db.session.scalar(select(db.func.count(Slip.id))) == 0


def test_a_village_of_another_township_cannot_be_chosen(cast, visit, matter):
    browser = visit()
    assert browser.post(STATION, data={**form_of(browser), **matter, "village": cast.area("v11").id}).status_code == 422
    assert cases() == []


@pytest.mark.parametrize("file", [(b"<svg/>", "a.jpg"), (b"", "a.jpg"), (b"GIF89a" + b"0" * 99, "a.gif")])
def test_a_photo_that_is_none_is_refused_and_the_words_are_kept(cast, visit, matter, file):
    browser = visit()
    reply = browser.post(STATION, data={**form_of(browser), **matter, "photos": (io.BytesIO(file[0]), file[1])})
    assert reply.status_code == 422
    assert matter["narrative"] in reply.get_data(as_text=True)
    assert "Please choose the photos once more" in reply.get_data(as_text=True)
    assert cases() == []


def test_more_photos_than_three_are_too_many(cast, visit, matter):
    browser = visit()
    shots = [picture(colour) for colour in ("red", "blue", "green", "white")]
    assert browser.post(STATION, data={**form_of(browser), **matter, "photos": shots}).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_a_form_of_another_site_is_refused(cast, visit, matter, headers):
    browser = visit()
    assert browser.post(STATION, data={**form_of(browser), **matter}, headers=headers).status_code == 403
    assert cases() == []


def test_a_village_behind_one_address_is_spared_and_a_flood_is_slowed(cast, visit, matter, monkeypatch):
    browser = visit()
    for _neighbour in range(8):
        assert browser.post(STATION, data={**form_of(browser), **matter}).status_code == 200
    monkeypatch.setitem(receiving.PER_ADDRESS, "free", 8)
    # The pause is a second from the last one on.
    last = db.session.scalar(select(db.func.max(Failure.at)))
    with time_machine.travel(last, tick=False):
        reply = browser.post(STATION, data={**form_of(browser), **matter})
    assert reply.status_code == 429
    assert 0 < int(reply.headers["Retry-After"]) <= receiving.PER_ADDRESS["longest"]
    assert matter["narrative"] in reply.get_data(as_text=True)
    assert len(cases()) == 8
    assert receiving.PER_ADDRESS["longest"] <= 60
    elsewhere = visit()
    elsewhere.environ_base["REMOTE_ADDR"] = "10.9.8.7"
    assert elsewhere.post(STATION, data={**form_of(elsewhere), **matter}).status_code == 200


def test_a_mistake_in_the_form_does_not_count_as_a_flood(cast, visit, matter, monkeypatch):
    monkeypatch.setitem(receiving.PER_ADDRESS, "free", 1)
    browser = visit()
    for _try in range(5):
        assert browser.post(STATION, data={**form_of(browser), **matter, "narrative": ""}).status_code == 422
    assert browser.post(STATION, data={**form_of(browser), **matter}).status_code == 200


def test_another_language_after_a_mistake_keeps_what_was_typed(cast, visit, matter):
    browser = visit()
    given = {**form_of(browser), **matter, "category": "", "contact_phone": "0998-123"}
    page = browser.post(STATION, data=given).get_data(as_text=True)
    given["judged"] = re.search(r'name="judged" value="([^"]+)"', page)[1]
    for language in ("zh", "ug", "en"):
        assert f'formaction="{STATION}?lang={language}"' in page
    reply = browser.post(STATION, query_string={"lang": "ug"}, data={**given, "reading": "ug", "photos": "ditch.jpg"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 200
    assert '<html lang="ug" dir="rtl"' in page
    assert matter["narrative"] in page and "0998-123" in page
    assert given["once"] in page
    assert 'id="category-error"' in page
    assert 'name="judged"' in page, "and the next language says it as well"
    assert "notice--info" in page, "photos are to be chosen again"
    assert "Set-Cookie" not in reply.headers


def test_another_language_on_the_first_page_keeps_what_was_typed_and_finds_nothing_wrong(cast, visit, matter):
    browser = visit()
    page = reader.visit(browser, STATION)
    assert not [link for link in page.elements("a") if "lang=ug" in link.get("href") and link.get("hreflang")]
    form = page.form(STATION)
    assert {(button.get("form"), button.get("formaction")) for button in page.elements("button") if button.get("name") == "reading"} == {
        ("matter", f"{STATION}?lang={language}") for language in ("zh", "ug", "en")
    }
    given = {**form.values, "narrative": matter["narrative"], "contact_phone": "0998-123", "photos": "ditch.jpg"}
    reply = browser.post(STATION, query_string={"lang": "ug"}, data={**given, "reading": "ug"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 200
    assert '<html lang="ug" dir="rtl"' in page
    assert matter["narrative"] in page and "0998-123" in page and form.values["once"] in page
    assert "notice--info" in page, "photos are to be chosen again"
    assert "field--wrong" not in page
    assert "Set-Cookie" not in reply.headers
    assert cases() == []


def test_asking_for_another_language_sends_nothing(cast, visit, matter):
    browser = visit()
    assert browser.post(STATION, data={**form_of(browser), **matter, "reading": "en"}).status_code == 200
    assert cases() == []


def test_the_key_enter_sends_and_does_not_change_the_language(cast, visit, matter):
    browser = visit()
    page = browser.post(STATION, data={**form_of(browser), **matter, "category": ""}).get_data(as_text=True)
    first = re.search(r'<button form="matter"[^>]*>', page)[0]
    assert "reading" not in first and "formaction" not in first


def test_of_many_pictures_the_usual_ones_stand_open_and_a_chosen_one_is_never_hidden(cast, visit, matter):
    rows = [Category(code=f"more{n}", position=900 + n, names={"zh": f"其他{n}", "ug": "باشقا", "en": f"other {n}"}) for n in range(12)]
    db.session.add_all(rows)
    db.session.commit()
    browser = visit()
    usual, others = browser.get(STATION).get_data(as_text=True).split('<details class="others">')
    assert usual.count('name="category"') == USUAL
    assert f'value="{rows[-1].id}"' in others.split("</details>")[0]
    page = browser.post(STATION, data={**form_of(browser), **matter, "category": rows[-1].id, "village": ""}).get_data(as_text=True)
    assert '<details class="others" open>' in page
