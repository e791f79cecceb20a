"""Behind web servers of one's own, and over TLS."""

import pytest

from fieldapp import create_app
from fieldapp.database import db
from fieldapp.people import tries
from fieldapp.public import receiving
from tests.cast import Cast
from tests.conftest import emptied

FORWARDED = {"X-Forwarded-For": "203.0.113.9, 10.0.0.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "elsewhere.example"}


@pytest.fixture
def site(tmp_path):
    """``site(PROXIES=1)`` is an application with these settings, and a browser before it."""
    made = []

    def start(**settings):
        app = create_app({"INSTANCE": tmp_path / str(len(made)), "TESTING": True, **settings})
        made.append(app)
        with app.app_context():
            emptied()
            db.create_all()
            Cast()
        return app, app.test_client()

    yield start
    for app in made:
        with app.app_context():
            db.session.remove()
            emptied()
            db.engine.dispose()


@pytest.mark.parametrize("proxies, address", [(0, "127.0.0.1"), (1, "10.0.0.7"), (2, "203.0.113.9")])
def test_so_many_forwarded_addresses_are_believed_as_there_are_servers(site, monkeypatch, proxies, address):
    app, browser = site(PROXIES=proxies)
    counted = []
    monkeypatch.setattr(tries, "wait", lambda subjects: counted.extend(subjects) or 0)
    browser.post("/station/square", data={"once": "a key of a form"}, headers=FORWARDED)
    with app.app_context():
        assert counted[0].key == tries.Subject("matter", address, **receiving.PER_ADDRESS).key


def test_the_name_of_the_site_is_never_taken_from_what_was_forwarded(site):
    _app, browser = site(PROXIES=1)
    reply = browser.get("/", headers=FORWARDED)
    assert "elsewhere.example" not in reply.get_data(as_text=True) + str(reply.headers)


@pytest.mark.parametrize("path", ["/sign-in", "/s/nothing", "/healthz"])
def test_over_tls_browsers_are_told_to_come_by_tls_alone(site, path):
    _app, browser = site(BASE_URL="https://station.example")
    assert browser.get(path, base_url="https://station.example").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_tls_they_are_not(site):
    _app, browser = site()
    assert "Strict-Transport-Security" not in browser.get("/sign-in").headers
