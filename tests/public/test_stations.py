"""The page of a station or a deputy: who is there, and a matter sent without an account."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from fieldapp import journal
from fieldapp.cases import contacts
from fieldapp.cases.case import Case
from fieldapp.database import clock_at, db, now
from fieldapp.people.session import Failure
from fieldapp.public import receiving, stations_holder
from fieldapp.slips.codes import address, code_of, find
from fieldapp.slips.slip import Book, Slip

STATION = "/station/square"


def cases() -> list[Case]:
    return list(db.session.scalars(select(Case)))


def form_of(browser, path=STATION) -> dict:
    page = browser.get(path).get_data(as_text=True)
    return {"once": re.search(r'name="once" value="([^"]+)"', page)[1]}


@pytest.fixture
def matter(cast):
    return {
        "category": cast.category("roads").id,
        "village": cast.area("v02").id,
        "narrative": "路面坑洼，下雨走不了。",
        "website": "",
        "share": "no",
    }


def picture(colour="red") -> tuple:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    file.seek(0)
    return file, "photo.jpg"


@pytest.mark.parametrize(
    "path", ["/station/nowhere", "/deputy/00000000", "/deputy/1", "/deputy/水", "/station/%00", "/deputy/" + "Z" * 300]
)
def test_a_page_of_nobody_is_not_found(cast, visit, path):
    assert visit().get(path).status_code == 404
    assert visit().post(path).status_code == 404


def test_a_deputy_whose_mandate_ended_or_who_left_has_no_page(cast, visit):
    deputy = cast["deputy"]
    path = f"/deputy/{stations_holder.code_of(deputy)}"
    assert visit().get(path).status_code == 200
    deputy.mandates[0].ends = now().date() - timedelta(days=1)
    db.session.commit()
    assert visit().get(path).status_code == 404
    deputy.mandates[0].ends = None
    deputy.active = False
    db.session.commit()
    assert visit().get(path).status_code == 404


def test_nobody_but_a_deputy_has_a_deputys_page(cast, visit):
    for account in ("chair", "clerk", "unit", "admin", "county"):
        assert visit().get(f"/deputy/{stations_holder.code_of(cast[account])}").status_code == 404


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


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_a_form_of_another_site_is_refused(cast, visit, matter, headers):
    browser = visit()
    assert browser.post(STATION, data={**form_of(browser), **matter}, headers=headers).status_code == 403
    assert cases() == []


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_a_matter_is_received_without_a_cookie_and_answered_with_a_slip(cast, visit, matter, headers):
    browser = visit()
    reply = browser.post(STATION, data={**form_of(browser), **matter}, headers=headers)
    assert reply.status_code == 200
    assert not list(browser._cookies)
    (case,) = cases()
    assert (case.state, case.source, case.deputy_id, case.author_id) == ("logged", "resident", None, None)
    assert (case.village.code, case.category.code, case.narrative) == ("v02", "roads", matter["narrative"])
    assert case.anonymous
    assert case.contact is None
    assert case.slip.book.station == cast.station()
    page = reply.get_data(as_text=True)
    assert case.slip.serial in page
    assert code_of(case.slip) in re.sub(r"<[^>]+>|\s", "", page)
    assert f"/s/{code_of(case.slip)}" in page
    assert find(code_of(case.slip)) is case.slip
    assert [(entry.act, entry.role) for entry in journal.of(case.thing)] == [("log", "resident")]


def test_the_symbol_on_the_screen_says_the_slips_address(cast, visit, matter):
    from tests.slips import printer

    browser = visit()
    with printer.opened(browser, STATION, width=360, height=740, method="POST", data={**form_of(browser), **matter}) as page:
        shot = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    assert [code.text for code in printer.codes(shot)] == [address(cases()[0].slip)]


def test_the_same_form_sent_twice_is_one_matter_with_one_slip(cast, visit, matter):
    browser = visit()
    given = {**form_of(browser), **matter}
    first, again = (browser.post(STATION, data=given).get_data(as_text=True) for _twice in range(2))
    assert len(cases()) == 1
    assert cases()[0].slip.serial in again
    assert first == again


def test_who_reads_the_timeline_cannot_ask_for_the_slip(cast, visit, matter):
    browser = visit()
    browser.post(STATION, data={**form_of(browser), **matter})
    (case,) = cases()
    kept = journal.of(case.thing)[0].once
    reply = browser.post(STATION, data={"once": kept})
    assert reply.status_code == 422
    assert case.slip.serial not in reply.get_data(as_text=True)
    assert code_of(case.slip) not in str(journal.of(case.thing)[0].facts)


def test_photos_alone_are_enough_and_lose_their_data(cast, visit, matter):
    browser = visit()
    reply = browser.post(STATION, data={**form_of(browser), **matter, "narrative": "", "photos": [picture(), picture("blue")]})
    assert reply.status_code == 200
    (case,) = cases()
    assert len(case.photos) == 2
    assert case.narrative
    assert all(photo.verified_at and not photo.approved and photo.author_id is None for photo in case.photos)


def test_more_photos_than_three_are_too_many(cast, visit, matter):
    browser = visit()
    shots = [picture(colour) for colour in ("red", "blue", "green", "white")]
    assert browser.post(STATION, data={**form_of(browser), **matter, "photos": shots}).status_code == 422


def test_a_contact_is_sealed_and_by_default_not_for_the_unit(cast, visit, matter):
    browser = visit()
    browser.post(STATION, data={**form_of(browser), **matter, "contact_name": "某村民", "contact_phone": "13800000000", "chair_only": "y"})
    (case,) = cases()
    assert not case.anonymous
    opened = contacts.open_contact(case)
    assert opened == {"name": "某村民", "phone": "13800000000", "share_with_unit": False, "chair_only": True}
    assert "13800000000" not in str(journal.of(case.thing)[0].facts)
    browser.post(STATION, data={**form_of(browser), **matter, "contact_phone": "13800000000", "share": "yes"})
    assert contacts.open_contact(cases()[1])["share_with_unit"] is True


def test_any_other_word_than_yes_is_no_consent(cast, visit, matter):
    browser = visit()
    browser.post(STATION, data={**form_of(browser), **matter, "contact_phone": "13800000000", "share": "perhaps"})
    assert contacts.open_contact(cases()[0])["share_with_unit"] is False


def test_a_deputys_page_gives_the_matter_to_that_deputy(cast, visit, matter):
    browser = visit()
    path = f"/deputy/{stations_holder.code_of(cast['deputy2'])}"
    browser.post(path, data={**form_of(browser, path), **matter})
    (case,) = cases()
    assert case.deputy == cast["deputy2"]
    assert case.state == "logged"
    assert case.slip.book.deputy == cast["deputy2"]
    cast.does("deputy2", case, "confirm")
    assert case.state == "confirmed"


def test_a_matter_sent_to_a_station_is_taken_up_by_the_chair(cast, visit, matter):
    browser = visit()
    browser.post(STATION, data={**form_of(browser), **matter})
    (case,) = cases()
    cast.does("chair", case, "confirm")
    assert case.state == "confirmed"


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


def test_what_was_settled_tells_neither_who_nor_what(cast, visit):
    with clock_at(now() - timedelta(days=40)):
        for number in range(5):
            case = cast.brings("settled", narrative=f"canary {number}", summary="canary in the summary")
    page = visit().get(STATION).get_data(as_text=True)
    settled = page.split("Lately settled")[1]
    assert "water" in settled and "first village" not in settled.split("</section>")[0]
    for secret in ("canary", case.number, "water station", "渠道"):
        assert secret not in page
    assert "Lately settled" in visit().get(f"/deputy/{stations_holder.code_of(cast['deputy'])}").get_data(as_text=True)
    assert "Lately settled" not in visit().get(f"/deputy/{stations_holder.code_of(cast['deputy2'])}").get_data(as_text=True)


@pytest.mark.parametrize("lang, direction", [("zh", "ltr"), ("ug", "rtl"), ("en", "ltr")])
def test_the_pages_say_when_somebody_is_there_in_each_language_and_set_no_cookie(cast, visit, lang, direction):
    browser = visit(lang="de")
    deputy = stations_holder.code_of(cast["deputy"])
    for path in (STATION, "/STATION/SQUARE", f"/deputy/{deputy}", f"/DEPUTY/{deputy.lower()}"):
        reply = browser.get(path, query_string={"lang": lang})
        page = reply.get_data(as_text=True)
        assert reply.status_code == 200
        assert f'<html lang="{lang}" dir="{direction}"' in page
        assert cast.station().hours[lang] in page
        assert page.count("<h1") == 1
        assert "<script" not in page
        assert "Set-Cookie" not in reply.headers
        assert '<link rel="icon" href="data:,">' in page


def test_the_books_of_the_public_pages_do_not_clutter_the_shelf(cast, visit, matter):
    browser = visit()
    browser.post(STATION, data={**form_of(browser), **matter})
    (book,) = db.session.scalars(select(Book))
    assert book.online
    assert f"/slips/{book.number}" not in visit("admin").get("/slips").get_data(as_text=True)
