"""Every route × every person: what is not theirs does not exist for them."""

import pytest

from fieldapp.database import db
from fieldapp.people.person import Membership
from tests.access.expected import ANYONE, EXPECTED
from tests.cast import ACCOUNTS

BODY = {"PUT": b"x"}
API = ("/field/session", "/field/sync", "/field/rounds", "/field/attachments")
STATES = ("logged", "confirmed", "handed_over", "accepted", "answered", "settled", "guided", "withdrawn", "merged")
# Who reaches a case logged by "deputy" in the first township, handed to "unit".
REACH = {
    state: {"deputy", "clerk", "chair"} | ({"unit"} if state in ("handed_over", "accepted", "answered", "settled") else set())
    for state in STATES
}


def addresses(app, number="2026-0001"):
    """Each route with each of its methods, at an address of the cast."""
    values = {
        "number": number,
        "name": "urge",
        "id": 1,
        "lang": "en",
        "kind": "station",
        "size": "a4",
        "noun": "units",
        "act": "print",
        "sha256": "0" * 64,
        "code": "square",
        "spelling": "s",
        "filename": "css/tokens.css",
        "book": 1,
    }
    for rule in app.url_map.iter_rules():
        given = {name: values.get(name, 1) for name in rule.arguments}
        if rule.endpoint.startswith("slips."):
            given["number"] = 1
        if rule.endpoint == "public.say":
            given["act"] = "verdict"
        if rule.endpoint == "cases.many":
            given["name"] = "urge"
        _domain, address = rule.build({**given, **(rule.defaults or {})})
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
            yield rule.endpoint, method, address


def test_every_route_has_an_expectation_here(app):
    assert set(app.view_functions) == set(EXPECTED) | ANYONE


def test_who_is_not_signed_in_meets_the_door_everywhere(app, cast, visit):
    anyone = visit()
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, address in addresses(app):
        if endpoint in ANYONE:
            continue
        reply = anyone.open(address, method=method, data=BODY.get(method))
        expected = 401 if address.startswith(API) else 302
        assert reply.status_code in (expected, 303), (endpoint, method, reply.status_code)
        assert address.startswith(API) or "/sign-in" in reply.location


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_person_of_another_role_gets_404(app, cast, visit, account):
    app.config["WTF_CSRF_ENABLED"] = False
    cast.brings("accepted")
    browser, role = visit(account), ACCOUNTS[account]
    for endpoint, method, address in addresses(app):
        if endpoint in ANYONE or role in EXPECTED[endpoint]:
            continue
        reply = browser.open(address, method=method, data=BODY.get(method))
        assert reply.status_code == 404, (endpoint, method, reply.status_code)


@pytest.mark.parametrize("state", STATES)
def test_a_case_exists_for_those_within_reach_alone(app, cast, visit, state):
    app.config["WTF_CSRF_ENABLED"] = False
    number = cast.brings(state).number
    routes = [
        row
        for row in addresses(app, number)
        if row[0] in ("cases.case", "cases.move", "public.seen", "public.answer_sheet", "cases.contact")
    ]
    for account in ACCOUNTS:
        browser = visit(account)
        for endpoint, method, address in routes:
            reply = browser.open(address, method=method, data=BODY.get(method))
            inside = account in REACH[state] and ACCOUNTS[account] in EXPECTED[endpoint]
            assert (reply.status_code != 404) == inside, (account, endpoint, method, reply.status_code)


def test_the_stranger_finds_nothing_in_lists_and_searches(cast, visit):
    case = cast.brings("handed_over", narrative="独特的字眼就在这里")
    for address in (
        "/desk",
        "/ledger",
        "/ledger?q=独特",
        f"/ledger?q={case.number}",
        "/ledger/print",
        "/month",
        "/telephone?serial=0001-013",
    ):
        page = visit("stranger").get(address)
        assert page.status_code == 200
        html = page.get_data(as_text=True)
        assert f"/cases/{case.number}" not in html and "独特的字眼" not in html


def test_the_county_reaches_what_was_taken_to_it(cast, visit):
    case = cast.logs()
    assert visit("county").get(f"/cases/{case.number}").status_code == 404
    cast.does("chair", case, "escalation", opinion="请协调")
    assert visit("county").get(f"/cases/{case.number}").status_code == 200


def test_an_officer_who_leaves_the_unit_loses_its_cases(cast, visit):
    case = cast.brings("accepted")
    assert visit("unit").get(f"/cases/{case.number}").status_code == 200
    db.session.execute(db.delete(Membership).where(Membership.person_id == cast["unit"].id))
    db.session.commit()
    assert visit("unit").get(f"/cases/{case.number}").status_code == 404
