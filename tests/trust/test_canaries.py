"""What the house notes for itself stands on no page, paper or export of anybody who has no right to it."""

import io
import zipfile

import pytest

from fieldapp.cases.piles import PILES
from fieldapp.database import db
from fieldapp.slips.codes import code_of, find, pool_for
from fieldapp.suggestions.acts import begin
from fieldapp.suggestions.suggestion import Suggestion
from tests.access.expected import ANYONE, EXPECTED
from tests.access.test_matrix import addresses
from tests.cast import ACCOUNTS
from tests.trust.noted import done_again, formal, struck_off, went_elsewhere, with_opinion, with_unit, word
from tests.trust.test_twins import ONE, differences, lived

HOUSE = frozenset(["deputy", "clerk", "chair"])
UNIT, ASSISTING, COUNTY = frozenset(["unit"]), frozenset(["unit2"]), frozenset(["county"])
TO_THE_UNIT, NOTICE, UPWARDS, READ_OUT = (
    frozenset(["slip"]),
    frozenset(["notice"]),
    frozenset(["report"]),
    frozenset(["holder", "sheet", "seen"]),
)
# Who may read each: by account; "holder" has a slip, the others are papers of the house that leave it.
RIGHT = {
    "handover": HOUSE,
    "return": HOUSE,
    "urge": HOUSE,
    "extension": HOUSE | UNIT,
    "refusal": HOUSE | UNIT,
    "duedate": HOUSE,
    "supervision": HOUSE | UNIT | NOTICE,
    "report": HOUSE | UNIT | NOTICE,
    "reply": HOUSE | UNIT | NOTICE,
    "asked": HOUSE | ASSISTING | TO_THE_UNIT,
    "letgo": HOUSE,
    "opinion": HOUSE | UNIT | ASSISTING,
    "look": frozenset(["chair", "clerk"]),
    "correction": HOUSE,
    "prompt": HOUSE,
    "withholding": HOUSE,
    "inspection": HOUSE,
    "feedback": HOUSE,
    "uninspected": HOUSE,
    "lookback": HOUSE,
    "rework": HOUSE | UNIT,
    "apart": HOUSE,
    "guidance": HOUSE,
    "withdrawal": HOUSE,
    "escalation": HOUSE | COUNTY | UPWARDS,
    "advice": HOUSE | COUNTY,
    "remark": HOUSE,
    "narrative": HOUSE | COUNTY,
    "where": HOUSE | READ_OUT,
}
PAPERS = {
    "supervision-notice": "notice",
    "escalation-report": "report",
    "handover-slip": "slip",
    "answer-sheet": "sheet",
    "resident": "seen",
}
WITHOUT_CHAIR = ("deputy", "clerk", "deputy2", "unit", "unit2", "county", "stranger", "admin")


@pytest.fixture
def site(cast):
    cases = [with_unit(cast), with_opinion(cast), done_again(cast), struck_off(cast), *went_elsewhere(cast)]
    for case, slip in zip(cases, pool_for(cast["deputy"]), strict=False):
        slip.case = case
    formal(cast, begin(cast["deputy"], title="建议", text="建议整修。", cases=cases[:1]))
    return cases


def read(client, address: str) -> str:
    """The reply with its headers, a workbook unpacked."""
    reply = client.get(address)
    body = reply.get_data()
    if reply.mimetype.endswith("sheet"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return f"{reply.headers}{body.decode('utf-8', 'replace')}"


def everything(app, cases, visit):
    """(reader, address, words) of each page, paper and export."""
    numbers = [case.number for case in cases]
    formal = db.session.scalar(db.select(Suggestion)).number
    rows = [
        (endpoint, address.replace("suggestions/NUMBER", f"suggestions/{formal}"))
        for endpoint, method, address in addresses(app, "NUMBER")
        if method == "GET"
    ]
    lists = [("cases.desk", f"/desk?pile={pile.name}") for pile in PILES]
    for account, role in ACCOUNTS.items():
        client = visit(account)
        for endpoint, address in sorted({*rows, *lists}):
            if endpoint not in ANYONE and role in EXPECTED[endpoint]:
                for number in numbers if "NUMBER" in address else [""]:
                    yield PAPERS.get(address.rsplit("/", 1)[1], account), address, read(client, address.replace("NUMBER", number))
    client = visit()
    for case in cases:
        for language in ("zh", "ug", "en"):
            address = f"/s/{code_of(case.slip)}?lang={language}&all=1"
            yield "holder", address, read(client, address)
    for endpoint, address in sorted(rows):
        if endpoint in ANYONE:
            yield "anyone", address, read(client, address)


def test_each_note_and_reason_is_read_by_those_who_may_and_by_nobody_else(app, site, visit):
    wrong, met = set(), set()
    for reader, address, words in everything(app, site, visit):
        for name, may in RIGHT.items():
            if word(name) in words:
                met.add((name, reader))
                if reader not in may:
                    wrong.add((name, reader, address))
    assert wrong == set()
    unread = {name for name, may in RIGHT.items() if not may & {reader for said, reader in met if said == name}}
    assert unread == set()


def test_nobody_but_the_chair_can_tell_a_contact_for_the_chair_alone_from_none(tmp_path, monkeypatch):
    def visiting(twin):
        replies, pages = {}, [row for row in addresses(twin.app, "NUMBER") if row[1] == "GET"]
        for account in WITHOUT_CHAIR:
            client = twin.browser(account)
            for endpoint, method, address in sorted(pages):
                if endpoint in ANYONE or ACCOUNTS[account] not in EXPECTED[endpoint]:
                    continue
                for number in twin.numbers.values() if "NUMBER" in address else [""]:
                    path = address.replace("NUMBER", number)
                    replies[account, path] = twin.asks(client, method, path)
            for code in twin.codes.values():
                replies[account, "telephone", code] = twin.asks(client, "GET", f"/telephone?serial={find(code).serial}")
            for number in twin.numbers.values():
                replies[account, "looks", number] = twin.asks(
                    client, "POST", f"/cases/{number}/contact", data={"reason": "看看", "version": "3"}
                )
        return replies

    bare = {**ONE, "contact": None}
    sealed = {**ONE, "contact": {**ONE["contact"], "chair_only": True, "share_with_unit": True}}
    _warm, one, other = lived(tmp_path, monkeypatch, [bare, bare, sealed], visiting)
    assert differences(one, other) == [] and len(one) > 100
