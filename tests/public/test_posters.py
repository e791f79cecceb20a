"""Posters: who prints them, their measure, and where their symbol leads."""

import pytest

from fieldapp.database import db
from fieldapp.public import stations_holder
from tests.slips import printer

SIZES = {"a4": (210, 297), "a6": (105, 148)}


def test_who_has_nothing_to_do_with_posters_finds_none(cast, visit):
    for account in ("deputy", "unit", "county"):
        assert visit(account).get("/posters").status_code == 404
        assert visit(account).get("/posters/station/square/a4").status_code == 404


@pytest.mark.parametrize("path", ["/posters/station/nowhere/a4", "/posters/station/square/a5", "/posters/deputy/square/a4"])
def test_a_poster_of_nobody_or_of_another_size_is_not_found(cast, visit, path):
    assert visit("chair").get(path).status_code == 404


def test_another_township_does_not_print_ours(cast, visit):
    stranger = visit("stranger")
    assert "/station/square" not in stranger.get("/posters").get_data(as_text=True)
    assert stranger.get("/posters/station/square/a4").status_code == 404
    assert stranger.get(f"/posters/deputy/{stations_holder.code_of(cast['deputy'])}/a6").status_code == 404


@pytest.mark.parametrize("account", ["clerk", "chair", "admin"])
def test_desk_and_administrator_find_every_poster(cast, visit, account):
    page = visit(account).get("/posters").get_data(as_text=True)
    deputy = stations_holder.code_of(cast["deputy"])
    for path in ("/posters/station/square/a4", "/posters/station/square/a6", f"/posters/deputy/{deputy}/a4"):
        assert path in page


def test_a_poster_speaks_three_languages_whatever_the_readers(cast, visit):
    for language in ("zh", "ug", "en"):
        page = visit("chair", lang=language).get("/posters/station/square/a4").get_data(as_text=True)
        for name in cast.station().names.values():
            assert name in page
        for hours in cast.station().hours.values():
            assert hours in page


@pytest.mark.parametrize("size", SIZES)
def test_a_poster_fills_one_sheet_and_its_symbol_leads_to_the_page(app, cast, visit, size):
    app.config["BASE_URL"] = "https://fieldapp.oleaster.example"
    for path in ("station/square", f"deputy/{stations_holder.code_of(cast['deputy'])}"):
        (sheet,) = printer.printed(visit("chair"), f"/posters/{path}/{size}")
        assert printer.millimetres(sheet.width) == pytest.approx(SIZES[size][0], abs=0.3)
        assert printer.millimetres(sheet.height) == pytest.approx(SIZES[size][1], abs=0.5)
        (code,) = printer.codes(sheet)
        assert code.text == f"HTTPS://FIELDAPP.OLEASTER.EXAMPLE/{path.upper()}"
        left, _top, width, height = printer.extent(code)
        assert width == pytest.approx(height, abs=0.3)
        assert width >= 20
        assert left + width / 2 == pytest.approx(SIZES[size][0] / 2, abs=0.5)
        parts = code.text.removeprefix("HTTPS://FIELDAPP.OLEASTER.EXAMPLE")
        assert visit().get(parts).status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_no_word_on_a_poster_is_cut_off(app, cast, visit, size):
    app.config["BASE_URL"] = "https://liaison.pomegranate-town.oleaster-county.example"
    station = cast.station()
    station.names = {
        "zh": "石榴镇新天地社区人民代表大会代表联络站",
        "ug": "يېڭى ئالەم مەھەللىسى ۋەكىللەر ئالاقىلىشىش پونكىتى",
        "en": "Pomegranate Town, New World community: liaison station",
    }
    db.session.commit()
    with printer.opened(visit("chair"), f"/posters/station/square/{size}") as page:
        cut_off = "all => all.filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1).length"
        assert page.eval_on_selector_all(".poster", cut_off) == 0
