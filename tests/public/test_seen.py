"""For staff: what the resident sees, what the desk reads out, and half a sheet to carry along."""

import io

import pypdfium2
import pytest
from PIL import Image

from fieldapp.cases import contacts, pictures
from fieldapp.database import db
from fieldapp.slips.codes import pool_for
from tests.reader import visit as go
from tests.slips import printer

SECRET = "我家就在桥边，别让站里知道"


@pytest.fixture
def answered(cast):
    """A case whose answer, with a photo, the resident may read; it has a slip."""
    case = cast.brings("answered", narrative=SECRET)
    pool_for(cast["deputy"])[0].case = case
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(file, "JPEG")
    pictures.store(file.getvalue(), case=case, purpose="answer", author=cast["unit"], answer=case.answer)
    db.session.commit()
    cast.does("deputy", case, "release")
    return case


@pytest.mark.parametrize("account", ["deputy", "clerk", "chair"])
def test_the_case_page_leads_to_what_the_resident_sees(answered, visit, account):
    browser = visit(account)
    assert f"/cases/{answered.number}/resident" in go(browser, f"/cases/{answered.number}").html
    page = go(browser, f"/cases/{answered.number}/resident")
    assert "渠道已清淤，水已通。" in page.text and SECRET not in page.html
    assert not [form for form in page.elements("form") if "/s/" in (form.get("action") or "")]
    photo = answered.answer.photos[0].id
    assert f'href="/cases/{answered.number}/photos/{photo}?small=1"' in page.html
    assert browser.get(f"/cases/{answered.number}/photos/{photo}?small=1").mimetype == "image/jpeg"


def test_the_county_finds_it_too_once_the_matter_is_its_own(cast, visit):
    case = cast.logs()
    cast.does("chair", case, "escalation", opinion="请协调")
    assert "/resident" in go(visit("county"), f"/cases/{case.number}").html
    assert go(visit("county"), f"/cases/{case.number}/resident").status == 200


@pytest.mark.parametrize("wanted, word", [("zh", "水站"), ("ug", "water station (ئۇ)"), ("en", "water station says")])
def test_the_words_are_in_the_residents_language_whatever_the_readers(answered, visit, wanted, word):
    for path in (f"/cases/{answered.number}/resident?as={wanted}", f"/telephone?serial={answered.slip.serial}&as={wanted}"):
        page = go(visit("clerk", lang="zh"), path)
        (region,) = [one for one in page.elements("div") if one.get("id") == "status"]
        assert region.get("lang") == wanted and page.elements("html")[0].get("lang") == "zh"
        assert (word in " ".join(region.itertext())) or wanted == "zh"


def test_on_the_telephone_nothing_but_the_public_words_is_read_out(answered, visit):
    page = go(visit("clerk"), f"/telephone?serial={answered.slip.serial}")
    assert "渠道已清淤" in page.text and SECRET not in page.html and "/photos/" not in page.html


SHEET = "/answer-sheet"


@pytest.mark.parametrize("account", ["deputy", "chair"])
def test_an_answer_that_is_held_back_is_not_offered_for_printing_before_it_is_let_through(cast, visit, account):
    case = cast.brings("answered")
    assert SHEET not in go(visit(account), f"/cases/{case.number}").html
    cast.does("deputy", case, "release")
    assert f"/cases/{case.number}{SHEET}" in go(visit(account), f"/cases/{case.number}").html


def test_a_new_answer_that_is_held_back_does_not_offer_the_earlier_one_in_its_place(answered, cast, visit):
    cast.does("chair", answered, "rework", reason="仍然淤堵")
    cast.does("unit", answered, "acceptance", officer=cast["unit"])
    cast.does("unit", answered, "answer", **{"class": "A", "text": "再次清淤。", "language": "zh"})
    assert SHEET not in go(visit("deputy"), f"/cases/{answered.number}").html


@pytest.mark.parametrize(("lang", "words"), [("zh", "打印"), ("ug", "بېسىش"), ("en", "Print for the resident where to go")])
def test_where_a_resident_was_guided_to_is_printed_to_carry_along(cast, visit, lang, words):
    case = cast.brings("guided")
    browser = visit("deputy", lang=lang)
    page = go(browser, f"/cases/{case.number}")
    (link,) = [one for one in page.elements("a") if (one.get("href") or "").endswith(SHEET)]
    assert words in " ".join(link.itertext())
    assert case.guided_to in go(browser, link.get("href")).text


@pytest.mark.parametrize("state", ["logged", "confirmed", "handed_over", "accepted", "withdrawn"])
def test_where_there_is_nothing_to_read_no_sheet_is_offered(cast, visit, state):
    case = cast.brings(state)
    assert SHEET not in go(visit("deputy"), f"/cases/{case.number}").html


@pytest.mark.parametrize("wish", [{}, {"chair_only": True}, {"share_with_unit": True}])
def test_whether_a_contact_was_left_opened_or_erased_is_read_out_to_nobody(answered, cast, visit, wish):
    readers, address = [visit(account) for account in ("deputy", "clerk", "chair")], f"/cases/{answered.number}/resident"
    asked = [(reader, address) for reader in readers] + [(readers[1], f"/telephone?serial={answered.slip.serial}")]

    def told() -> list[str]:
        return [_region(go(reader, path)) for reader, path in asked]

    none = told()
    contacts.seal_contact(answered, {"name": "某某", "phone": "1", **wish})
    db.session.commit()
    assert told() == none
    cast.does("chair", answered, "contact_look", reason="核实")
    assert told() == none
    contacts.erase(answered)
    db.session.commit()
    assert told() == none


def _region(page) -> str:
    (region,) = [one for one in page.elements("div") if one.get("id") == "status"]
    return " ".join(region.itertext())


def _text(browser, path) -> tuple[int, str]:
    with printer.opened(browser, path) as page:
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    return len(document), "".join(sheet.get_textpage().get_text_range() for sheet in document)


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_an_answer_prints_on_the_upper_half_of_one_sheet(answered, visit, lang):
    (sheet,) = printer.printed(visit("deputy", lang=lang), f"/cases/{answered.number}/answer-sheet?as={lang}")
    lowest = max(y for y in range(sheet.height) if min(sheet.crop((0, y, sheet.width, y + 1)).tobytes()) < 160)
    assert printer.millimetres(lowest) <= 149


def test_a_long_answer_runs_on_and_loses_no_word(cast, visit):
    case = cast.brings("accepted")
    words = "".join(f"第{n}段渠道已经清淤。" for n in range(300)) + "最后一句。"
    cast.does("unit", case, "answer", **{"class": "A", "text": words, "language": "zh"})
    cast.does("deputy", case, "release")
    sheets, text = _text(visit("deputy", lang="zh"), f"/cases/{case.number}/answer-sheet")
    assert "最后一句" in text.replace("\r\n", "") and "第200段" in text.replace("\r\n", "")
    assert sheets <= 3
