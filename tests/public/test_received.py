"""A matter that was received: one case, one slip, and whose it is."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from fieldapp import journal
from fieldapp.cases import contacts
from fieldapp.database import db
from fieldapp.public import stations_holder
from fieldapp.slips.codes import address, code_of, find
from fieldapp.slips.slip import Book
from tests.public.sending import STATION, cases, form_of, picture


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


def test_who_reads_the_timeline_cannot_ask_for_the_slip(cast, visit, matter):
    browser = visit()
    browser.post(STATION, data={**form_of(browser), **matter})
    (case,) = cases()
    kept = journal.of(case.thing)[0].once
    for name in ("once", "received"):
        reply = browser.post(STATION, data={name: kept})
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


def test_the_books_of_the_public_pages_do_not_clutter_the_shelf(cast, visit, matter):
    browser = visit()
    browser.post(STATION, data={**form_of(browser), **matter})
    (book,) = db.session.scalars(select(Book))
    assert book.online
    assert f"/slips/{book.number}" not in visit("admin").get("/slips").get_data(as_text=True)


def test_the_slip_can_be_read_in_another_language(cast, visit, matter):
    browser = visit()
    page = browser.post(STATION, data={**form_of(browser), **matter, "photos": [picture()]}).get_data(as_text=True)
    for language in ("ug", "en"):
        given = {"received": re.search(r'name="received" value="([^"]+)"', page)[1], "reading": language}
        page = browser.post(STATION, query_string={"lang": language}, data=given).get_data(as_text=True)
        assert f'<html lang="{language}"' in page
        assert cases()[0].slip.serial in page
    assert len(cases()) == 1
