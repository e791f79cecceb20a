"""Requests that nobody would send, drawn from a seed."""

import io
import random
from urllib.parse import quote, urlencode

from wtforms import Form
from wtforms.fields.core import UnboundField

from fieldapp.cases.moves import MOVES

HUGE = 10**30
VALUES = (
    *(
        "",
        " ",
        "0",
        "1",
        "2",
        "-1",
        "1.5",
        "1e9",
        "NaN",
        "inf",
        str(HUGE),
        str(2**31),
        str(2**63),
        "9" * 5000,
        "٣",
        "２",
        "²",
        "①",
        "on",
        "yes",
        "no",
        "true",
    ),
    *("A", "B", "zh", "ug", "satisfied", "call", "date", "township", "county", "deputy", "unit", "water", "v01", "square", "chair"),
    *(
        "2026-11-30",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "２０２６-11-30",
        "2026-W01",
        "2026-13",
        "0000-00",
        "25:61",
        "08:30",
    ),
    *(
        "\0",
        "a\0b",
        "\r\n",
        "\x7f",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\U0001f4a9",
        "é",
        "e\u0301",
        "ﷺ",
        "渠道淤堵",
        "ئېرىق",
        "x" * 201,
        "长" * 4001,
        "x" * 20_000,
    ),
    *(
        "'\"><script>",
        "{{7*7}}",
        "%s%n",
        "../../etc/passwd",
        "..\\..",
        "%00",
        "%2e%2e%2f",
        "[]",
        "{}",
        "null",
        "1;--",
        "=1+1",
        "a@b",
        "//evil.example",
    ),
)
RAW = (
    b"",
    b"\xed\xa0\x80",
    b"\xff\xfe\x00",
    b"{",
    b"[" * 3000,
    b'{"id": 1}',
    b"a=%ff&b=%",
    b"--x\r\n\r\n",
    b"\0" * 100,
    b"&" * 5000,
    b"a" * 70_000,
)
TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain",
    "x",
    "",
)
HEADERS = (
    "Accept-Language",
    "Range",
    "Content-Range",
    "If-None-Match",
    "HX-Request",
    "HX-Current-URL",
    "Cookie",
    "Origin",
    "Sec-Fetch-Site",
    "X-CSRF-Token",
)


def names() -> list[str]:
    """Every field of every form, and what addresses are asked with."""
    found, waiting = set(), [Form]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("fieldapp."):
            found |= {name for name in dir(kind) if isinstance(getattr(kind, name, None), UnboundField)}
    asked = [
        "pile",
        "state",
        "light",
        "village",
        "unit",
        "category",
        "activity",
        "q",
        "before",
        "after",
        "lang",
        "as",
        "all",
        "small",
        "month",
        "next",
        "page",
    ]
    return sorted(
        found | {*asked, "head", "solved", "rating", "remark", "photo", "knows", "case", "serial", "person", "stops-0-place", "have"}
    )


class Fuzz:
    def __init__(self, app, seed: int, site: dict):
        self.app, self.chance, self.site, self.names = app, random.Random(seed), site, names()
        self.rules = [(rule, method) for rule in app.url_map.iter_rules() for method in sorted(rule.methods - {"OPTIONS"})]

    def address(self, rule) -> str:
        path = rule.rule
        for name, converter in rule._converters.items():
            known = {
                "number": self.site["numbers"],
                "code": [*self.site["codes"], "square"],
                "name": [move.name for move in MOVES],
                "id": ["1", "2"],
            }
            sound = known.get(name, ["1", "land", "zh", "a4", "units", "station", "s", "verdict", "print", "0" * 64])
            wild = [str(HUGE), str(2**63), "0"] if type(converter).__name__ == "IntegerConverter" else list(VALUES[1:])
            said = self.chance.choice(sound if self.chance.random() < 0.75 else wild)
            regex = f"{type(converter).__name__}"
            if regex == "AnyConverter":
                said = self.chance.choice(sorted(converter.items))
            path = path.replace(next(part for part in _parts(path) if part.endswith(f"{name}>")), quote(said, safe=""))
        return path

    def request(self) -> dict:
        pick, rule, method = self.chance.choice, *self.chance.choice(self.rules)
        fields = [(pick(self.names), pick(VALUES)) for _n in range(self.chance.randint(0, 12))]
        asked = {"path": self.address(rule), "method": method, "query_string": urlencode(fields[:3]) if self.chance.random() < 0.5 else ""}
        asked["headers"] = {
            pick(HEADERS): pick(VALUES[:60]).replace("\r", "").replace("\n", "").replace("\0", "")[:2000]
            for _n in range(self.chance.randint(0, 2))
        }
        asked["headers"] = {name: quote(said, safe=" =;,-/:") for name, said in asked["headers"].items() if name != "Cookie"}
        if method in ("POST", "PUT"):
            if self.chance.random() < 0.2:
                asked |= {"data": pick(RAW), "content_type": pick(TYPES)}
            else:
                asked["data"] = {name: [said] for name, said in fields}
                if self.chance.random() < 0.3:
                    asked["data"][pick(("photo", "photos", "scan", "case"))] = (io.BytesIO(pick(RAW)), pick(("a.jpg", "", "\u202egpj.exe")))
        return {"endpoint": rule.endpoint, **asked}


def _parts(path: str) -> list[str]:
    return ["<" + part.split(">")[0] + ">" for part in path.split("<")[1:]]
