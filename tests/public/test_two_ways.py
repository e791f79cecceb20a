"""A slip's page that is drawn without a request of Flask's is the same, to the byte
and to each header, as the application's answer."""

from datetime import date

import pytest

from fieldapp import create_app
from fieldapp.cases import contacts
from fieldapp.cases.case import STATES
from fieldapp.database import db
from fieldapp.slips.codes import code_of, pool_for
from tests import sparing


@pytest.mark.parametrize("state", STATES)
def test_in_each_state_and_language_both_ways_give_one_page(cast, both, slip_of, state):
    address = slip_of(cast.brings(state))
    seen = set()
    for wish in ("", "?lang=zh", "?lang=ug", "?lang=en", "?lang=ug&all=1", "?all=1"):
        for headers in ({}, {"Accept-Encoding": "identity"}, {"Accept-Language": "ug-CN, zh;q=0.5"}):
            status, _headers, body = both(address + wish, headers)
            assert status == "200 OK"
            seen.add(body)
    assert len(seen) >= 6


def test_answers_words_photos_contacts_and_verdicts_are_the_same_by_both_ways(cast, both, slip_of):
    case = cast.logs("deputy")
    address = slip_of(case)
    contacts.seal_contact(case, {"name": "某某", "phone": "1", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    due = date(2099, 12, 4)
    for account, move, given in (
        ("chair", "handover", {"unit": cast.unit(), "due": due, "summary": "渠道淤堵，需要清淤。"}),
        ("unit", "acceptance", {"officer": cast["unit"]}),
        ("unit", "answer", {"class": "B", "promised": due, "text": "正在清淤。", "language": "zh"}),
        ("deputy", "release", {}),
        ("deputy", "wording", {"language": "ug", "text": "تازىلاۋاتىدۇ <b>"}),
        ("unit", "answer", {"class": "A", "text": "渠道已清淤。", "language": "zh"}),
        ("deputy", "release", {}),
        ("deputy", "contact_look", {"reason": "call"}),
        ("resident", "verdict", {"solved": True}),
        ("resident", "rating", {"rating": "basically"}),
    ):
        cast.does(account, case, move, **given)
        for query in ("", "?lang=ug", "?lang=ug&all=1"):
            assert both(address + query)[0] == "200 OK"


def test_a_slip_that_waits_for_its_case_is_the_same_by_both_ways(cast, both):
    blank = pool_for(cast["deputy"])[1]
    db.session.commit()
    for lang in ("zh", "ug", "en"):
        assert both(f"/S/{code_of(blank)}?lang={lang}")[0] == "200 OK"


def test_behind_a_proxy_and_https_the_headers_are_those_of_https(cast, both, slip_of, tmp_path):
    address = slip_of(cast.brings("accepted"))
    site = create_app({"INSTANCE": tmp_path, "TESTING": True, "PROXIES": 1, "BASE_URL": "https://slips.example"})
    sparing.reuse_templates(site)
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    _status, headers, _body = both(address, forwarded, kept=site.wsgi_app.inner)
    assert ("Strict-Transport-Security", "max-age=31536000") in headers
    with site.app_context():
        db.engine.dispose()


def test_a_page_under_a_root_names_its_script_there(cast, both, slip_of):
    address = slip_of(cast.brings("accepted"))
    page = both(address, {"Accept-Encoding": ""}, base_url="http://localhost/county")[2]
    assert b'src="/county/static/js/resident.js"' in page


def test_a_code_that_is_spelled_otherwise_is_the_same_by_both_ways(cast, both, slip_of):
    code = slip_of(cast.brings("accepted"))[3:]
    for spelling in (code.lower(), f"{code[:13]}-{code[13:]}", code.replace("0", "o").replace("1", "l")):
        assert both(f"/S/{spelling}")[0] == "200 OK"
