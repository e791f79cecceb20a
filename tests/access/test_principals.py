"""Two dozen principals × every route about a matter × every method × every state: what is not theirs does not exist."""

import os
from collections import Counter

from fieldapp.cases.contacts import seal_contact
from fieldapp.cases.moves import MOVES
from fieldapp.database import db
from tests.access.expected import ANYONE, EXPECTED
from tests.access.principals import ALWAYS, REACH, ROLES, a_matter, arrive, stand
from tests.access.test_matrix import API, BODY, addresses
from tests.cast import ACCOUNTS

ROLE_OF = {**ACCOUNTS, **ROLES}
# A push asks each principal for the states that tell them apart.
WHOLE = bool(os.environ.get("FAULT_MATRIX"))
STATES = sorted(ALWAYS) if WHOLE else ["logged", "answered", "settled"]
EACH = slice(None) if WHOLE else slice(None, None, 7)
# A supplementary right beside reach: written on paper by those who keep the ledger, only where there is something to print.
PAPERS = {"cases.supervision_notice", "cases.handover_slip", "cases.escalation_report", "public.answer_sheet", "field.slip"} | {
    "cases.photo",
    "cases.blur",
    "cases.blurred",
}


def about_matters(app) -> list[tuple[str, str, str]]:
    return [row for row in addresses(app, "NUMBER") if "cases/NUMBER" in row[2] and row[0] not in ANYONE]


def test_there_are_two_dozen_principals(cast):
    assert len(REACH) >= 24 and set(ACCOUNTS) <= set(REACH)


def test_a_matter_exists_for_those_within_reach_alone_and_whoever_has_no_session_meets_the_door(app, cast, visit):
    app.config["WTF_CSRF_ENABLED"] = False
    arrive(cast)
    numbers = {state: a_matter(cast, state).number for state in STATES}
    case = a_matter(cast, "accepted")
    wrong, met = [], Counter()
    for who, reach in REACH.items():
        browser = stand(visit, cast, who, case)
        for endpoint, method, address in about_matters(app):
            for state in STATES:
                reply = browser.open(address.replace("NUMBER", numbers[state]), method=method, data=BODY.get(method))
                met[reply.status_code] += 1
                if reach is None:
                    well = reply.status_code in ((401,) if address.startswith(API) else (302, 303))
                elif state in reach and ROLE_OF[who] in EXPECTED[endpoint]:
                    well = reply.status_code < 500 and (endpoint in PAPERS or reply.status_code != 404)
                else:
                    well = reply.status_code == 404
                if not well:
                    wrong.append((who, endpoint, method, state, reply.status_code))
    assert wrong == []
    assert met.total() >= 24 * len(STATES) * 9 and set(met) >= {200, 303, 404}


def test_no_principal_makes_a_move_on_a_matter_out_of_reach(app, cast, visit):
    """Each move by name, with everything a form could give; the timeline grows by nobody who may not."""
    app.config["WTF_CSRF_ENABLED"] = False
    arrive(cast)
    case = a_matter(cast, "answered")
    seal_contact(case, {"name": "某某", "phone": "0998-000-0171"})
    db.session.commit()
    given = {"version": case.version, "reason": "x", "text": "x", "summary": "x", "note": "x", "unit": cast.unit().id, "language": "zh"}
    number, head, names = case.number, case.head, sorted({move.name for move in MOVES} | {"contact", "nothing"})[EACH]
    for who in [who for who, reach in REACH.items() if not reach or "answered" not in reach]:
        browser = stand(visit, cast, who, case)
        for name in names:
            assert browser.post(f"/cases/{number}/{name}", data=given).status_code in (302, 303, 401, 404), (who, name)
        db.session.expire_all()
        assert case.head == head, who


def test_nobody_of_the_house_gives_a_verdict_through_a_matters_page(app, cast, visit):
    app.config["WTF_CSRF_ENABLED"] = False
    arrive(cast)
    case = a_matter(cast, "answered")
    cast.does("deputy", case, "release")
    head = case.head
    for who in ("deputy", "clerk", "chair", "unit", "head", "helper"):
        browser = stand(visit, cast, who, case)
        for name in ("verdict", "rating", "remark", "reopening"):
            reply = browser.post(f"/cases/{case.number}/{name}", data={"version": case.version, "solved": "yes", "rating": "satisfied"})
            assert reply.status_code in (404, 409, 422), (who, name)
    db.session.expire_all()
    assert case.head == head
