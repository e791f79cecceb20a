"""What the house notes for itself stands on no page, paper or export of anybody who has no right to it."""

import io
import zipfile
from datetime import timedelta

import pytest

from fieldapp.cases import contacts, lookback
from fieldapp.cases.piles import PILES
from fieldapp.database import db, today
from fieldapp.slips.codes import code_of, pool_for
from fieldapp.suggestions.acts import begin
from fieldapp.suggestions.performing import perform
from fieldapp.suggestions.suggestion import Suggestion
from tests.access.expected import ANYONE, EXPECTED
from tests.access.test_matrix import addresses
from tests.cast import ACCOUNTS
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
# What stands on the resident's page, where a contact is spoken of.
KNOWN_TO_HOLDERS = {"public.seen", "public.answer_sheet"}
WITHOUT_CHAIR = ("deputy", "clerk", "deputy2", "unit", "unit2", "county", "stranger", "admin")


def word(name: str) -> str:
    return f"zq-{name}-canary"


def acts(cast, case, *rows) -> None:
    for account, move, given in rows:
        cast.does(account, case, move, **{name: word(said[1:]) if str(said).startswith("!") else said for name, said in given.items()})


def with_unit(cast):
    case, soon = cast.logs(narrative=word("narrative")), today() + timedelta(days=5)
    contacts.seal_contact(case, {"name": "某某", "phone": "0998-000-0171", "share_with_unit": False})
    handed = {"due": today() + timedelta(days=9), "summary": "渠道淤堵，需要清淤。"}
    other = cast.logs("deputy2")
    acts(
        cast,
        case,
        ("deputy", "merge_proposal", {"joined": other}),
        ("chair", "merge_refusal", {"reason": "!apart"}),
        ("chair", "handover", {**handed, "unit": cast.unit("roads"), "note": "!handover"}),
        ("unit2", "return", {"reason": "!return"}),
        ("chair", "handover", {**handed, "unit": cast.unit(), "note": "!handover"}),
        ("unit", "acceptance", {"officer": cast["unit"]}),
        ("chair", "urge", {"note": "!urge"}),
        ("unit", "extension", {"until": today() + timedelta(days=20), "reason": "!extension"}),
        ("chair", "extension_refusal", {"reason": "!refusal"}),
        ("chair", "due_date", {"due": today() + timedelta(days=12), "reason": "!duedate"}),
        ("chair", "supervision", {"reason": "!supervision", "report_due": soon}),
        ("unit", "report", {"report": "!report"}),
        ("chair", "report_reply", {"reply": "!reply"}),
        ("chair", "assistance", {"units": [cast.unit("far")], "due": soon, "asked": "!letgo"}),
        ("chair", "assistance_end", {"unit": cast.unit("far"), "reason": "!letgo"}),
        ("chair", "assistance", {"units": [cast.unit("roads")], "due": soon, "asked": "!asked"}),
        ("clerk", "contact_look", {"reason": "!look"}),
        ("resident", "remark", {"remark": "!remark"}),
    )
    return case


def with_opinion(cast):
    case = cast.brings("handed_over", narrative=word("narrative"))
    cast.does("chair", case, "assistance", units=[cast.unit("roads")], due=today() + timedelta(days=5), asked="请提意见")
    cast.does("unit2", case, "opinion", text=word("opinion"), language="zh")
    return case


def done_again(cast):
    case = cast.brings("answered", narrative=word("narrative"))
    acts(
        cast, case, ("deputy", "release", {}), ("deputy", "inspection", {"note": "!inspection"}), ("chair", "rework", {"reason": "!rework"})
    )
    return case


def struck_off(cast):
    case = cast.brings("answered", narrative=word("narrative"))
    acts(
        cast,
        case,
        ("deputy", "release", {}),
        ("clerk", "feedback", {"channel": "call", "told_on": today(), "note": "!feedback"}),
        ("resident", "verdict", {"solved": True}),
        ("chair", "settlement", {"uninspected": "!uninspected"}),
    )
    found = lookback.of(case)[0]
    found.due = today()
    acts(cast, case, ("clerk", "lookback", {"lookback": found, "result": "holds", "note": "!lookback"}))
    return case


def went_elsewhere(cast):
    guided, withdrawn, up = (cast.logs(narrative=word("narrative")) for _n in range(3))
    acts(cast, guided, ("deputy", "guidance", {"where": "!where", "why": "!guidance"}))
    acts(cast, withdrawn, ("deputy", "withdrawal", {"reason": "!withdrawal"}))
    acts(cast, up, ("chair", "escalation", {"opinion": "!escalation"}), ("county", "advice", {"advice": "!advice"}))
    acts(cast, up, ("chair", "escalation", {"opinion": "!escalation"}))
    return [guided, withdrawn, up]


def formal(cast, suggestion) -> None:
    db.session.commit()
    for account, move, given in (
        ("deputy", "submission", {}),
        ("chair", "correction", {"reason": word("correction")}),
        ("deputy", "submission", {}),
        ("chair", "handover", {"unit": cast.unit(), "months": 3}),
        ("chair", "urge", {"note": word("prompt")}),
        ("chair", "withholding", {"reason": word("withholding")}),
    ):
        perform(suggestion, move, cast[account], given)


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
                if endpoint in ANYONE or ACCOUNTS[account] not in EXPECTED[endpoint] or endpoint in KNOWN_TO_HOLDERS:
                    continue
                for number in twin.numbers.values() if "NUMBER" in address else [""]:
                    path = address.replace("NUMBER", number)
                    replies[account, path] = twin.asks(client, method, path)
            for number in twin.numbers.values():
                replies[account, "looks", number] = twin.asks(
                    client, "POST", f"/cases/{number}/contact", data={"reason": "看看", "version": "3"}
                )
        return replies

    bare = {**ONE, "contact": None}
    sealed = {**ONE, "contact": {**ONE["contact"], "chair_only": True, "share_with_unit": True}}
    _warm, one, other = lived(tmp_path, monkeypatch, [bare, bare, sealed], visiting)
    assert differences(one, other) == [] and len(one) > 100
