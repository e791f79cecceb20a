"""A sheet of slips on paper: right to the millimetre, and every symbol reads."""

import random
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fieldapp.database import db
from fieldapp.slips import printing
from fieldapp.slips.codes import address, code_of, issue_book
from fieldapp.slips.signs import ALPHABET
from fieldapp.slips.symbol import QUIET, symbol
from tests.slips import printer
from tests.slips.test_pages import sheet_of, token


@pytest.fixture
def book(app, cast):
    app.config["BASE_URL"] = "https://fieldapp.oleaster.example"
    book = issue_book(deputy=cast["deputy"], size=12)
    db.session.commit()
    return book


@pytest.fixture
def paper(book, visit):
    admin = visit("admin")
    return printer.printed(admin, f"/slips/{book.number}/sheet", method="POST", data=token(admin))


def test_every_symbol_on_paper_says_its_slips_address(book, paper):
    assert len(paper) == 2
    read = [code.text for sheet in paper for code in printer.codes(sheet)]
    assert sorted(read) == sorted(address(slip) for slip in book.slips)


def test_a4_slips_and_symbols_are_right_to_the_millimetre(paper):
    for sheet in paper:
        assert printer.millimetres(sheet.width) == pytest.approx(210, abs=0.2)
        assert printer.millimetres(sheet.height) == pytest.approx(297, abs=0.2)
    found = sorted(map(printer.extent, printer.codes(paper[0])), key=lambda box: (round(box[1] / 54), box[0]))
    assert len(found) == 10
    for _left, _top, width, height in found:
        assert width >= 20
        assert width == pytest.approx(height, abs=0.2)
    lefts, tops = [box[0] for box in found], [box[1] for box in found]
    for n in range(0, 10, 2):
        assert lefts[n + 1] - lefts[n] == pytest.approx(90, abs=0.3)
    for n in range(8):
        assert tops[n + 2] - tops[n] == pytest.approx(54, abs=0.3)


def dark_runs(line: np.ndarray) -> list[float]:
    """The middles of dark runs along a line of dots, in millimetres."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], line < 160, [0])).astype(int)))
    return [printer.millimetres((start + end) / 2) for start, end in edges.reshape(-1, 2)]


def test_cut_marks_stand_at_the_corners_of_the_slips(paper):
    dots = np.asarray(paper[0])
    for height in (13.5 - 5, 297 - 13.5 + 5):
        assert dark_runs(dots[round(printer.dots(height))]) == pytest.approx([15, 105, 195], abs=0.2)
    for width in (15 - 5, 210 - 15 + 5):
        assert dark_runs(dots[:, round(printer.dots(width))]) == pytest.approx([13.5 + 54 * n for n in range(6)], abs=0.2)


def test_nothing_on_a_slip_reaches_over_its_edge(paper):
    dots = np.asarray(paper[0])
    top, bottom = round(printer.dots(14)), round(printer.dots(283))
    for column in (15, 105, 195):
        edge = dots[top:bottom, round(printer.dots(column - 0.8)) : round(printer.dots(column + 0.8))]
        assert edge.min() > 200
    for row in range(6):
        middle = printer.dots(13.5 + 54 * row)
        assert dots[round(middle - 8) : round(middle + 8), round(printer.dots(16)) : round(printer.dots(194))].min() > 200


CUT_OFF = "all => all.filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1).length"


def test_no_word_on_a_slip_is_cut_off_even_under_a_long_address(app, book, visit):
    app.config["BASE_URL"] = "https://liaison.pomegranate-town.oleaster-county.example"
    book.township.names = {
        "zh": "石榴镇新天地社区人民代表大会代表联络站",
        "ug": "يېڭى ئالەم مەھەللىسى ۋەكىللەر ئالاقىلىشىش پونكىتى",
        "en": "x",
    }
    db.session.commit()
    admin = visit("admin")
    with printer.opened(admin, f"/slips/{book.number}/sheet", method="POST", data=token(admin)) as page:
        assert page.eval_on_selector_all(".paper-slip, .paper-slip__words", CUT_OFF) == 0


def test_a_slip_bears_serial_code_and_both_languages_whatever_the_readers(book, visit):
    for language in ("zh", "ug", "en"):
        page = sheet_of(visit("admin", lang=language), book).get_data(as_text=True)
        first = page.split('<article class="paper-slip"')[1]
        words = re.sub(r"<[^>]+>", "", first)
        assert book.slips[0].serial in words
        assert code_of(book.slips[0]) in re.sub(r"\s", "", words)
        assert 'lang="ug" dir="rtl"' in first
        assert "here（中）" in words
        assert "here (ئۇ)" in words


def function_pattern(side: int) -> np.ndarray:
    """Modules that carry no data: finders, timing, alignment, format (ISO/IEC 18004)."""
    mask = np.zeros((side, side), bool)
    mask[:9, :9] = mask[:9, -8:] = mask[-8:, :9] = True
    mask[6, :] = mask[:, 6] = True
    version = (side - 17) // 4
    if version >= 2:
        count = version // 7 + 2
        step = 0 if count == 2 else (side - 13 + 2 * (count - 1) - 1) // (2 * (count - 1)) * 2
        centres = [6] + [side - 7 - step * n for n in range(count - 1)]
        for y in centres:
            for x in centres:
                if (y, x) not in {(6, 6), (6, side - 7), (side - 7, 6)}:
                    mask[y - 2 : y + 3, x - 2 : x + 3] = True
    if version >= 7:
        mask[:6, -11:-8] = mask[-11:-8, :6] = True
    return mask


def stain(side: int, chance: random.Random) -> np.ndarray:
    """A fifth of the data modules in one place, as a blot or a thumb leaves it."""
    free = np.argwhere(~function_pattern(side))
    centre = free[chance.randrange(len(free))]
    stretch = np.array([chance.uniform(0.5, 2), 1])
    nearest = np.argsort((((free - centre) * stretch) ** 2).sum(axis=1))[: round(len(free) / 5)]
    mask = np.zeros((side, side), bool)
    mask[tuple(free[nearest].T)] = True
    return mask


def corner(side: int) -> np.ndarray:
    """A fifth of the data modules, from the corner where the thumb lies."""
    free = np.argwhere(~function_pattern(side))
    nearest = np.argsort(((side - 1 - free) ** 2).sum(axis=1))[: round(len(free) / 5)]
    mask = np.zeros((side, side), bool)
    mask[tuple(free[nearest].T)] = True
    return mask


def painted(sheet: Image.Image, box, side: int, mask: np.ndarray, ink: int) -> Image.Image:
    left, top, width, _height = (printer.dots(value) for value in box)
    module = width / side
    room = int(module * (QUIET + 1))
    copy = sheet.crop((int(left) - room, int(top) - room, int(left + width) + room, int(top + width) + room))
    pen = ImageDraw.Draw(copy)
    x0, y0 = left - (int(left) - room), top - (int(top) - room)
    for y, x in np.argwhere(mask):
        pen.rectangle([x0 + x * module, y0 + y * module, x0 + (x + 1) * module, y0 + (y + 1) * module], fill=ink)
    return copy


def reads(image: Image.Image, text: str) -> bool:
    return [code.text for code in printer.codes(image)] == [text]


def test_every_symbol_reads_with_a_fifth_of_its_data_modules_painted_over(book, paper):
    chance = random.Random(2026)
    side = symbol(address(book.slips[0])).side
    for sheet in paper:
        for code in printer.codes(sheet):
            for mask in (corner(side), stain(side, chance)):
                for ink in (0, 255):
                    assert reads(painted(sheet, printer.extent(code), side, mask, ink), code.text)


def drawn(text: str, width: float) -> tuple[Image.Image, tuple, int]:
    """A symbol drawn at 300 dpi, as wide as asked in millimetres."""
    shape = symbol(text)
    module = printer.dots(width) / shape.side
    room = QUIET * module
    whole = round(printer.dots(width) + 2 * room)
    sheet = Image.new("L", (whole, whole), 255)
    pen = ImageDraw.Draw(sheet)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", shape.path):
        left, top = room + int(x) * module, room + int(y) * module
        pen.rectangle([left, top, left + int(run) * module - 1, top + module - 1], fill=0)
    return sheet, (printer.millimetres(room), printer.millimetres(room), width, width), shape.side


def test_a_symbol_of_twenty_millimetres_at_300_dpi_reads_with_a_fifth_painted_over():
    chance = random.Random(7)
    tried = lost = 0
    for host in ("LIAISON.POMEGRANATE-TOWN.OLEASTER-COUNTY.EXAMPLE", "127.0.0.1:8000", "FIELDAPP.EXAMPLE"):
        for _again in range(20):
            text = f"HTTPS://{host}/S/{''.join(chance.choices(ALPHABET, k=26))}"
            sheet, box, side = drawn(text, 20)
            assert reads(sheet, text)
            assert all(reads(painted(sheet, box, side, corner(side), ink), text) for ink in (0, 255))
            for ink in (0, 255):
                tried += 1
                lost += not reads(painted(sheet, box, side, stain(side, chance), ink), text)
    # A blot on the edge of a finder pattern can hide it from the decoder.
    assert tried == 120
    assert lost <= 2


def test_upper_case_makes_the_symbol_a_version_smaller():
    assert symbol("HTTPS://FIELDAPP.EXAMPLE/S/" + "Z" * 26).side < symbol("https://fieldapp.example/s/" + "Z" * 26).side


def test_the_figures_of_the_sheet_are_those_of_the_style(app):
    css = Path(app.root_path, "static/css/slips.css").read_text(encoding="utf-8")
    for words in ("210mm", "297mm", "90mm 90mm", "54mm"):
        assert words in css
    assert printing.PER_SHEET == 10
