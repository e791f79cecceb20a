"""Each route says who may use it."""

import pytest

from fieldapp import access


def test_every_route_declares_who_may_use_it(app):
    assert set(app.view_functions) == set(access.policy(app))


def test_a_route_that_declares_nothing_stops_the_start(app):
    app.view_functions["forgotten"] = lambda: "anyone"
    with pytest.raises(RuntimeError, match="forgotten"):
        access.refuse_undeclared_routes(app)


def test_a_role_nobody_has_is_refused():
    with pytest.raises(AssertionError):
        access.only("chair", "emperor")


def test_what_is_open_to_anyone_is_what_a_resident_needs(app):
    beginnings = (
        "/s/",
        "/S/",
        "/station/",
        "/deputy/",
        "/<any(s, S)",
        "/<any(station, deputy,",
        "/sign-in",
        "/sign-out",
        "/healthz",
        "/static/",
        "/field",
        "/reports",
        "/language",
        "/robots.txt",
        "/favicon.ico",
    )
    anyone = {endpoint for endpoint, roles in access.policy(app).items() if "anyone" in roles}
    wrong = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint in anyone and not rule.rule.startswith(beginnings)]
    assert not wrong


def test_addresses_are_nouns(app):
    verbs = {"assign", "create", "delete", "update", "edit", "remove", "add", "save", "get", "set", "submit", "approve", "close"}
    wrong = [rule.rule for rule in app.url_map.iter_rules() if verbs & set(rule.rule.strip("/").split("/"))]
    assert not wrong
