"""What stands on a printed slip, and how slips lie on a sheet of A4."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from fieldapp.slips.codes import address, code_of
from fieldapp.slips.signs import in_groups
from fieldapp.slips.slip import Book, Slip
from fieldapp.slips.symbol import Symbol, symbol

PRINTED = ("zh", "ug")
# Millimetres; slips.css has the same figures.
PAGE = (210, 297)
SLIP = (90, 54)
COLUMNS, ROWS = 2, 5
PER_SHEET = COLUMNS * ROWS
MARK, GAP = 6, 2


@dataclass(frozen=True)
class Printed:
    """A slip as paper shows it."""

    serial: str
    again: bool
    groups: list[str]
    symbol: Symbol


def sheets(slips: list[Slip]) -> list[list[Printed]]:
    """Slips in order, ten to a sheet."""
    ready = [_printed(slip) for slip in slips]
    return [ready[at : at + PER_SHEET] for at in range(0, len(ready), PER_SHEET)]


def _printed(slip: Slip) -> Printed:
    return Printed(slip.serial, slip.issue > 1, in_groups(code_of(slip)), symbol(address(slip)))


def words(book: Book) -> dict[str, dict[str, str]]:
    """The slip's sentences in the languages of the region, for any reader's."""
    holder = book.station or book.township
    return {language: {"holder": holder.names.get(language, holder.names["zh"]), **_words(language)} for language in PRINTED}


def _words(language: str) -> dict[str, str]:
    with force_locale(language):
        return {
            "scan": _("Scan: where your matter stands."),
            "keep": _("Keep this slip. Whoever has it can see the page."),
            "demonstration": _("Demonstration. Not valid."),
        }


def phone(book: Book) -> str:
    return (book.station.phone if book.station else "") or book.township.phone


def place() -> str:
    """Where the code can be typed by hand."""
    return current_app.config["BASE_URL"].split("://")[-1] + "/s/"


def cut_marks() -> str:
    """An SVG path in millimetres: a mark outside every corner of the slips."""
    left, top = ((whole - count * side) / 2 for whole, count, side in zip(PAGE, (COLUMNS, ROWS), SLIP, strict=True))
    path = []
    for x in (left + column * SLIP[0] for column in range(COLUMNS + 1)):
        path += [f"M{x} {top - GAP - MARK}v{MARK}", f"M{x} {PAGE[1] - top + GAP}v{MARK}"]
    for y in (top + row * SLIP[1] for row in range(ROWS + 1)):
        path += [f"M{left - GAP - MARK} {y}h{MARK}", f"M{PAGE[0] - left + GAP} {y}h{MARK}"]
    return "".join(path)
