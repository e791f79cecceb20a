"""Forms from elsewhere, hosts that are not ours, ways that lead away, cells that reckon: none has an effect."""

import io
import random
import re
import zipfile
from urllib.parse import urljoin, urlsplit

import pytest

from fieldapp import journal
from fieldapp.cases import export
from fieldapp.database import db
from fieldapp.people.returning import local
from fieldapp.slips.codes import code_of, pool_for
from tests.access.expected import ANYONE, EXPECTED
from tests.access.test_matrix import BODY, addresses
from tests.trust.payloads import payloads

OURS = "http://localhost"
# Their forms carry no token: the code is the key, and the origin is looked at.
BY_ORIGIN = {"public.say", "public.receive"}


def entries() -> int:
    return db.session.scalar(db.select(db.func.count(journal.Entry.id)))


@pytest.mark.parametrize("kind", ["missing", "foreign"])
def test_no_form_without_our_token_changes_anything(app, cast, visit, kind):
    number = cast.brings("answered").number
    thief = visit("deputy2")
    thief.get("/account")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', thief.get("/account").text)[1]
    data = {"csrf_token": token} if kind == "foreign" else {}
    before, asked = entries(), 0
    for endpoint, method, address in addresses(app, number):
        if method not in ("POST", "PUT") or endpoint in BY_ORIGIN | ANYONE:
            continue
        browser = visit(sorted(EXPECTED[endpoint])[0])
        headers = {"X-CSRF-Token": token} if kind == "foreign" else {}
        reply = browser.open(address, method=method, data=BODY.get(method) or data, headers=headers)
        assert reply.status_code in (400, 401, 404), (endpoint, reply.status_code)
        asked += 1
    db.session.expire_all()
    assert asked > 35 and entries() == before


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_a_form_of_another_site_says_nothing_in_a_residents_name(cast, visit, headers):
    case = cast.brings("answered")
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    cast.does("deputy", case, "release")
    before = entries()
    for act in ("verdict", "rating", "remark", "reopening", "withdrawal"):
        reply = visit().post(f"/s/{code_of(case.slip)}/{act}", data={"solved": "yes", "remark": "x"}, headers=headers)
        assert reply.status_code == 403
    assert visit().post("/station/square", data={"narrative": "x"}, headers=headers).status_code == 403
    db.session.expire_all()
    assert entries() == before


def test_a_foreign_host_stands_in_no_reply(cast, visit):
    case = cast.brings("answered")
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    evil = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil.example",
        "Forwarded": "host=evil.example",
    }
    pages = [
        "/",
        "/desk",
        f"/cases/{case.number}",
        f"/cases/{case.number}/answer-sheet",
        "/posters",
        "/posters/station/square/a4",
        "/slips",
    ]
    for account in ("chair", None):
        for page in [*pages, f"/s/{code_of(case.slip)}", "/station/square", "/sign-in", "/ledger"]:
            reply = visit(account).get(page, headers=evil)
            said = reply.get_data(as_text=True) + str(reply.headers)
            assert "evil.example" not in said, (account, page)


def test_no_way_back_leads_to_another_host():
    chance, tried = random.Random(5), 0
    parts = [
        "/",
        "//",
        "\\",
        "/\\",
        "http:",
        "https://",
        "evil.example",
        "@",
        "?",
        "#",
        "%2f",
        "%5c",
        "\t",
        "\n",
        "\r",
        "\0",
        ".",
        "..",
        ";",
        "／",
        "。",
        " ",
    ]
    for _n in range(5000):
        wish = "".join(chance.choices(parts, k=chance.randint(1, 7)))
        if (found := local(wish)) is None:
            continue
        tried += 1
        assert urlsplit(urljoin(f"{OURS}/sign-in", found)).netloc == "localhost", wish
        assert not re.match(r"[/\\]{2}", re.sub(r"[\t\n\r]", "", found)), wish
    assert tried > 50
    strings = payloads(chance)
    assert not [wish for wish in (next(strings) for _n in range(1000)) if local(wish)]


def test_a_thousand_formulas_are_text_in_every_cell(app):
    chance = random.Random(5)
    starts = [
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "{=",
        "＝",
        " =",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://evil.example")',
        "http://evil.example",
        "1e9",
    ]
    rows = [[chance.choice(starts) + str(n), f"{chance.choice(starts)}1+1"] for n in range(500)]
    with app.test_request_context("/?lang=en"):
        answer = export.workbook("Ledger", ["a", "b"], rows)
        answer.direct_passthrough = False
        with zipfile.ZipFile(io.BytesIO(answer.get_data())) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            assert not [name for name in book.namelist() if "external" in name.lower()]
    assert set(re.findall(r'<c [^>]*?t="(\w+)"', sheet)) == {"s"}
    assert sheet.count("<c ") == 1002 and "<f>" not in sheet and "<hyperlink" not in sheet


def test_a_session_that_was_laid_before_ends_with_the_sign_in(app, cast, visit):
    from fieldapp.people import passwords

    cast["chair"].password_hash = passwords.digest("eleven blue buckets")
    db.session.commit()
    browser = visit("deputy")
    with browser.session_transaction() as session:
        laid = session["_user_id"]
        session["planted"] = "by a thief"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/sign-in").text)[1]
    reply = browser.post("/sign-in", data={"csrf_token": token, "name": "chair", "password": "eleven blue buckets"})
    assert reply.status_code == 303
    with browser.session_transaction() as session:
        assert session["_user_id"] != laid and "planted" not in session
    thief = visit()
    with thief.session_transaction() as session:
        session["_user_id"], session["_fresh"] = laid, True
    assert thief.get("/field").status_code in (302, 303)
