"""The real server under a long run of guesses: none opens, no neighbour waits, and no log holds a key."""

import http.client
import os
import random
import threading
from datetime import UTC, datetime

import pytest

from fieldapp import create_app
from fieldapp.database import db
from fieldapp.people.session import Failure
from fieldapp.slips.codes import code_of, pool_for
from fieldapp.slips.signs import ALPHABET
from tests.cast import Cast
from tests.faults.server import Server
from tests.faults.test_kill import _cookie

GUESSES = int(os.environ.get("FAULT_GUESSES", "400"))
RESIDENTS = 200
AT_ONCE = 4


class Site:
    """A running server, the codes of slips it knows, and a signed-in deputy's cookie."""

    def __init__(self, instance):
        self.app = create_app({"INSTANCE": instance})
        with self.app.app_context():
            db.create_all()
            cast = Cast()
            case = cast.brings("answered")
            slips = pool_for(cast["deputy"], least=RESIDENTS + 1)
            slips[0].case = case
            db.session.commit()
            cast.does("deputy", case, "release")
            self.codes, self.cookie, self.head = [code_of(slip) for slip in slips], _cookie(self.app, cast["deputy"]), case.head[:24]
            db.session.remove()
        self.server = Server(instance)
        self.server.environment["FIELDAPP_TICK_EVERY"] = "0"

    def ask(self, line, method: str, address: str, body=None, **headers) -> tuple[int, dict, bytes]:
        line.request(method, address, body, headers)
        reply = line.getresponse()
        return reply.status, {name.lower(): value for name, value in reply.getheaders() if name.lower() != "date"}, reply.read()

    def line(self):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    site.server.start()
    yield site
    site.server.kill()
    with site.app.app_context():
        db.engine.dispose()


def guesses(count: int, seed: int, codes: list[str]) -> list[str]:
    """Of one's own making, and a sign beside the truth."""
    chance, made = random.Random(seed), []
    while len(made) < count:
        near, place = list(chance.choice(codes)), chance.randrange(26)
        near[place] = chance.choice(ALPHABET)
        guess = chance.choice(["".join(chance.choices(ALPHABET, k=26)), "".join(near)])
        made += [] if guess in codes else [guess]
    return made


def test_of_a_long_run_of_guesses_none_opens_and_no_neighbour_behind_the_address_is_refused(site):
    replies, opened, wrong = set(), [], []

    def guess(seed):
        line = site.line()
        for code in guesses(GUESSES // AT_ONCE, seed, site.codes):
            status, headers, body = site.ask(line, "GET", f"/s/{code}")
            replies.add((status, tuple(sorted(headers.items())), body))

    def visit(codes):
        line = site.line()
        for code in codes:
            status, _headers, _body = site.ask(line, "GET", f"/s/{code}")
            (opened if status == 200 else wrong).append(code)

    threads = [threading.Thread(target=guess, args=(seed,)) for seed in range(AT_ONCE)]
    threads += [threading.Thread(target=visit, args=(site.codes[n:RESIDENTS:2],)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _headers, _body in replies} == {404} and len(replies) == 1
    assert wrong == [] and len(opened) == RESIDENTS
    with site.app.app_context():
        # Two workers may each have counted on while the other wrote.
        assert 0 < db.session.scalar(db.select(db.func.count(Failure.id))) <= 120 + AT_ONCE * 2
        db.session.remove()


def test_no_log_and_no_referrer_holds_a_key_after_a_walk_and_after_faults(site):
    code, line = site.codes[0], site.line()
    form, token = {"Content-Type": "application/x-www-form-urlencoded"}, "T" * 43
    here = {"Referer": f"http://127.0.0.1:{site.server.port}/s/{code}", "Sec-Fetch-Site": "same-origin"}
    walk = [
        ("GET", f"/s/{code}", None, {}),
        ("GET", f"/S/{code}?lang=ug", None, {}),
        ("POST", f"/s/{code}/verdict", f"solved=yes&head={site.head}", form | here),
        ("POST", f"/s/{code}/remark", f"head={site.head}", form | here),
        ("POST", f"/s/{code}/nothing", "x", form),
        ("GET", f"/s/{code}/photos/1", None, {}),
        ("GET", f"/s/{code}/photos/99999999999999999999999", None, {}),
        ("GET", f"/field/enrol/{token}", None, {}),
        ("POST", "/telephone", f"code={code}", form),
        ("GET", "/field", None, {"Cookie": site.cookie}),
    ]
    met = [site.ask(line, method, address, body, **headers) for method, address, body, headers in walk]
    # The schema is gone: every page fails, and each failure is written down.
    with site.app.app_context():
        for table in ("timeline", "slip", "enrolment", "session"):
            db.session.execute(db.text(f"ALTER TABLE {table} RENAME TO {table}_away"))
        db.session.commit()
        db.session.remove()
    met += [site.ask(site.line(), method, address, body, **headers) for method, address, body, headers in walk]
    log = site.server.log.read_text()
    assert 500 not in {status for status, _headers, _body in met[: len(walk)]}
    assert {200, 303, 404, 500} <= {status for status, _headers, _body in met}
    assert "Traceback" in log and "/s/…" in log and f"{datetime.now(UTC):%Y}" in log
    keys = [code, code.lower(), token, site.cookie.partition("=")[2], site.head]
    assert not [key for key in keys if key in log]
    assert {headers["referrer-policy"] for _status, headers, _body in met} == {"same-origin"}
    broken = [body.decode() for status, _headers, body in met if status == 500]
    assert broken and not [page for page in broken if "Traceback" in page or "<h1" not in page]
