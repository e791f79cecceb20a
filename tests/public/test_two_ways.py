"""A slip's page that is drawn without a request of Flask's is the same, to the byte
and to each header, as the application's answer; everything else is the application's."""

from contextvars import Context
from datetime import date, timedelta
from threading import Event, Thread

import pytest
import time_machine
from werkzeug.test import EnvironBuilder

from fieldapp import create_app
from fieldapp.cases import contacts
from fieldapp.cases.case import STATES
from fieldapp.database import db, now
from fieldapp.public import kept as pages
from fieldapp.public import slip as route
from fieldapp.slips.codes import code_of, pool_for
from tests import sparing

PLAIN = {"Accept-Language": "en", "Accept-Encoding": "gzip, br"}
# What a chat program adds: such a page is drawn each time, and not kept.
ADDED = "?from=groupmessage"


def environ_of(address: str, headers: dict | None = None, **asked) -> dict:
    environ = EnvironBuilder(address, headers=PLAIN | (headers or {}), **asked).get_environ()
    if not environ.get("CONTENT_LENGTH"):
        environ.pop("CONTENT_TYPE", None)
    return environ


def answer(way, environ) -> tuple:
    """Status, headers and body, by the application or by what stands before it."""
    db.session.rollback()
    began: list = []
    # Nothing is shared with the test's own context.
    body = b"".join(Context().run(way, environ, lambda status, headers, *_more: began.append((status, headers))))
    status, headers = began[0]
    return status, sorted(pair for pair in headers if pair[0] != "Date"), body


class Nobody:
    """Stands where the application is, and must not be asked."""

    def __call__(self, environ, start_response):
        raise AssertionError("asked of the application")


@pytest.fixture
def both(app):
    """The application's answer; the page drawn without it, and the kept one, must be the same."""

    def both(address, headers=None, kept=None, **asked):
        kept = kept or app.wsgi_app
        told = answer(kept.inner, environ_of(address, headers, **asked))
        answer(kept, environ_of(address, headers, **asked))
        inner, kept.inner = kept.inner, Nobody()
        try:
            for _ in ("drawn", "kept"):
                assert answer(kept, environ_of(address, headers, **asked)) == told
            if "?" not in address:
                assert answer(kept, environ_of(address + ADDED, headers, **asked)) == told
        finally:
            kept.inner = inner
        return told

    return both


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
        assert "200 OK" == both(f"/S/{code_of(blank)}?lang={lang}")[0]


def test_behind_a_proxy_and_https_the_headers_are_those_of_https(app, cast, both, slip_of, tmp_path):
    address = slip_of(cast.brings("accepted"))
    site = create_app({"INSTANCE": tmp_path, "TESTING": True, "PROXIES": 1, "BASE_URL": "https://slips.example"})
    sparing.reuse_templates(site)
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    _status, headers, _body = both(address, forwarded, kept=site.wsgi_app)
    assert ("Strict-Transport-Security", "max-age=31536000") in headers
    with site.app_context():
        db.engine.dispose()


def test_a_page_under_a_root_names_its_script_there(cast, both, slip_of):
    address = slip_of(cast.brings("accepted"))
    page = both(address, {"Accept-Encoding": ""}, base_url="http://localhost/county")[2]
    assert b'src="/county/static/js/resident.js"' in page


@pytest.mark.parametrize(
    "other",
    [
        {"base_url": "http://elsewhere.example"},
        {"base_url": "https://localhost"},
        {"base_url": "http://localhost/county"},
        {"headers": {"X-Forwarded-Proto": "https"}},
        {"headers": {"HX-Request": "true"}},
    ],
)
def test_whether_another_host_scheme_or_root_is_answered_is_for_the_application_to_say(app, cast, both, slip_of, other):
    address = slip_of(cast.brings("accepted"))
    both(address)
    app.wsgi_app.inner = lambda environ, start_response: start_response("400 BAD REQUEST", []) or [b"not here"]
    for _ in range(2):
        assert answer(app.wsgi_app, environ_of(address, **other)) == ("400 BAD REQUEST", [], b"not here")


@pytest.fixture
def refusals(app, cast, slip_of):
    """What the application says to codes that open nothing, after a page was answered."""

    def refusals() -> set:
        case = cast.brings("withdrawn")
        address = slip_of(case)
        revoked = pool_for(cast["deputy"])[1]
        revoked.revoked_at = now()
        db.session.commit()
        unknown = "/s/" + "0" * 26
        for _ in range(2):
            assert answer(app.wsgi_app, environ_of(address))[0] == "200 OK"
        found = {answer(app.wsgi_app, environ_of(f"/s/{code_of(revoked)}"))[::2], answer(app.wsgi_app, environ_of(unknown))[::2]}
        with time_machine.travel(now() + timedelta(days=91)):
            return found | {answer(app.wsgi_app, environ_of(address))[::2]}

    return refusals


def test_unknown_revoked_and_expired_codes_are_refused_alike_by_the_application(refusals, monkeypatch):
    held: list = []
    monkeypatch.setattr(route.guessing, "hold", lambda: held.append(1))
    told = refusals()
    assert len(told) == 1 and next(iter(told))[0] == "404 NOT FOUND"
    assert len(held) == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "HEAD"},
        {"method": "OPTIONS"},
        {"headers": {"Cookie": "session=1"}},
        {"query_string": "lang=fr"},
        {"query_string": "l%61ng=ug"},
        {"query_string": "x=1&all=1"},
        {"query_string": "x" * 201},
    ],
)
def test_what_asks_for_more_than_a_page_is_the_applications(app, cast, slip_of, asked):
    environ = environ_of(slip_of(cast.brings("accepted")), **asked)
    assert pages.asked_in(environ) is None
    assert answer(app.wsgi_app, dict(environ)) == answer(app.wsgi_app.inner, dict(environ))


def test_where_it_cannot_be_drawn_the_application_answers(app, cast, both, slip_of, monkeypatch):
    address = slip_of(cast.brings("accepted"))
    told = both(address)
    app.wsgi_app.pages.clear()

    def broken(asked):
        raise OSError("no disk")

    monkeypatch.setattr(app.wsgi_app, "draw", broken)
    assert answer(app.wsgi_app, environ_of(address)) == told
    assert app.wsgi_app.turn.acquire(blocking=False)


def test_behind_a_reader_whom_the_database_keeps_waiting_others_are_answered(app, cast, both, slip_of, monkeypatch):
    address = slip_of(cast.brings("accepted"))
    told, draw = both(address), app.wsgi_app.draw
    began, free = Event(), Event()

    def slow(asked):
        if asked.languages == "slow":
            began.set()
            free.wait(60)
        return draw(asked)

    monkeypatch.setattr(app.wsgi_app, "draw", slow)
    app.wsgi_app.headers[pages.asked_in(environ_of(address, {"Accept-Language": "slow"})).said] = ()
    waits = Thread(target=answer_apart, args=(app, environ_of(address, {"Accept-Language": "slow"})))
    waits.start()
    assert began.wait(60)
    try:
        assert answer(app.wsgi_app, environ_of(address + ADDED)) == told
        assert waits.is_alive()
    finally:
        free.set()
        waits.join(60)


def answer_apart(app, environ) -> None:
    with app.app_context():
        answer(app.wsgi_app, environ)
