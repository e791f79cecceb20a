"""Ten thousand hostile characters cost no reader of text more than a moment of the processor."""

import cProfile
import json
import time
from contextlib import suppress
from itertools import pairwise

import pytest

from fieldapp import language
from fieldapp.cases import detector, ledger, search
from fieldapp.field import record
from fieldapp.people import returning
from fieldapp.public import kept
from fieldapp.slips import signs

# Some 30 ms on a machine of 2020; a slow one shall not fail for being slow.
LONG, MOST, MOST_CALLS = 10_000, 0.25, 300_000
PIECES = (
    *(
        "1",
        "1-",
        "1 ",
        "13",
        "138-",
        "0",
        "00",
        "0086",
        "086 ",
        "2026-",
        "2026-0142 ",
        "2026-1-1-",
        "1990.1.1",
        "20",
        "一",
        "一二",
        "１",
        "第一",
    ),
    *(
        "x",
        "X1",
        "(",
        "()",
        "-",
        " ",
        "\u200b1",
        "\u0660",
        "\u2480",
        "电话",
        "电话：",
        "电话号码是",
        "tel:",
        "tel ",
        "تېلېفون",
        "元",
        "1元",
        "000万",
    ),
    *(
        "a",
        "A-",
        "O",
        "/s/",
        "/",
        "?",
        "#",
        "%",
        "\\",
        "\t",
        "\r\n",
        "\0",
        "水",
        "水渠",
        "渠道 ",
        "ئ",
        "é",
        "e\u0301",
        "ﷺ",
        "𝟘",
        "Ⅷ",
        "İ",
        "ß",
    ),
    *(
        "T",
        "2026-11-22T",
        "2026-11-22T10:00:00+",
        "+08:00",
        ":",
        "00:",
        ".",
        "0.",
        "e9",
        "w",
        "W01",
        "+",
        "'",
        '"',
        "*",
        "_",
        "lang=zh&",
        "&all=1",
    ),
)


def sent(text: str) -> None:
    with suppress(record.Invalid):
        record.read(json.dumps(dict.fromkeys(("id", "slip", "serial", "narrative", "captured_at", "sealed_contact"), text)).encode())


def asked(text: str) -> None:
    kept.asked_in({"PATH_INFO": f"/s/{text}", "QUERY_STRING": text, "REQUEST_METHOD": "GET"})


READERS = {
    "detector": detector.suspicious,
    "code": signs.code_in,
    "serial": signs.serial_in,
    "mistyped serial": signs.is_mistyped,
    "words of a case": search.words_of,
    "words sought": search.sought,
    "record": sent,
    "resident's address": asked,
    "way back": returning.local,
    "number of a case": ledger.NUMBER.fullmatch,
    "language of words": language.of_words,
}


@pytest.mark.parametrize("reader", READERS)
def test_no_text_holds_the_processor(app, reader):
    read, slow = READERS[reader], {}
    strings = [*PIECES, *(one + other for one, other in pairwise(PIECES))]
    with app.test_request_context():
        for piece in strings:
            text = (piece * LONG)[:LONG]
            if all((taken := spent(read, text)) > MOST for _again in range(3)) or (taken := calls(read, text)) > MOST_CALLS:
                slow[piece] = taken
    assert slow == {}


def spent(read, text: str) -> float:
    """Seconds of the processor."""
    before = time.process_time()
    read(text)
    return time.process_time() - before


def calls(read, text: str) -> int:
    """The same on every machine; what a regular expression takes is not among them."""
    with cProfile.Profile() as profile:
        read(text)
    return sum(row.callcount for row in profile.getstats())
