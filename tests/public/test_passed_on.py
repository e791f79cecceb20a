"""What is not drawn before the application, but passed on to it."""

from datetime import timedelta

import pytest
import time_machine

from fieldapp.database import db, now
from fieldapp.public import slip as route
from fieldapp.public.kept import asked_in
from fieldapp.slips.codes import code_of, pool_for
from tests.public.ways import answer, environ_of


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
def test_whether_another_host_scheme_or_root_is_answered_is_for_the_application_to_say(pages, cast, both, slip_of, other):
    address = slip_of(cast.brings("accepted"))
    both(address)
    pages.inner = lambda environ, start_response: start_response("400 BAD REQUEST", []) or [b"not here"]
    for _ in range(2):
        assert answer(pages, environ_of(address, **other)) == ("400 BAD REQUEST", [], b"not here")


@pytest.fixture
def refusals(pages, cast, slip_of):
    """What the application says to codes that open nothing, after a page was answered."""

    def refusals() -> set:
        case = cast.brings("withdrawn")
        address = slip_of(case)
        revoked = pool_for(cast["deputy"])[1]
        revoked.revoked_at = now()
        db.session.commit()
        unknown = "/s/" + "0" * 26
        for _ in range(2):
            assert answer(pages, environ_of(address))[0] == "200 OK"
        found = {answer(pages, environ_of(f"/s/{code_of(revoked)}"))[::2], answer(pages, environ_of(unknown))[::2]}
        with time_machine.travel(now() + timedelta(days=91)):
            return found | {answer(pages, environ_of(address))[::2]}

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
def test_what_asks_for_more_than_a_page_is_the_applications(pages, cast, slip_of, asked):
    environ = environ_of(slip_of(cast.brings("accepted")), **asked)
    assert asked_in(environ) is None
    assert answer(pages, dict(environ)) == answer(pages.inner, dict(environ))


def test_where_it_cannot_be_drawn_the_application_answers(pages, cast, both, slip_of, monkeypatch):
    address = slip_of(cast.brings("accepted"))
    told = both(address)
    pages.pages.clear()

    def broken(asked):
        raise OSError("no disk")

    monkeypatch.setattr(pages, "draw", broken)
    assert answer(pages, environ_of(address)) == told
