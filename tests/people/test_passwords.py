"""Which passwords will do, and how they are kept."""

from contextlib import ExitStack

import pytest
from werkzeug.exceptions import ServiceUnavailable

from fieldapp.people import passwords


@pytest.mark.parametrize(
    "password", ["", "short", "fourteen chars", "passwordpassword", "a" * 30, "12345678901234567890", "chairchairchairchair", "x" * 201]
)
def test_short_common_and_endless_passwords_are_refused(app, password):
    with app.test_request_context("/?lang=en"):
        assert passwords.objection(password, account="chair")


@pytest.mark.parametrize("password", ["eleven blue buckets", "渠道淤堵浇不上水三号条田渠道淤", "a-lost-mitten in june"])
def test_fifteen_characters_in_any_script_will_do(app, password):
    assert passwords.objection(password, account="chair") is None


def test_eight_will_do_with_a_second_factor(app):
    with app.test_request_context("/?lang=en"):
        assert passwords.objection("mUd9-fla", account="chair", second_factor=True) is None
        assert passwords.objection("mUd9-fl", account="chair", second_factor=True)
        assert "15" in (passwords.objection("mUd9-fla", account="chair") or "")


def test_only_the_digest_is_kept(app):
    digest = passwords.digest("eleven blue buckets")
    assert digest.startswith("$argon2id$") and "buckets" not in digest
    assert passwords.matches(digest, "eleven blue buckets") and not passwords.matches(digest, "eleven blue bucket")


def test_an_unknown_account_costs_the_same_work(app, monkeypatch):
    passwords.matches(None, "x")
    worked = []
    verify = passwords.hasher.verify
    monkeypatch.setattr(type(passwords.hasher), "verify", lambda self, *given: worked.append(given) or verify(*given))
    assert not passwords.matches(None, "x") and not passwords.matches("", "x")
    assert len(worked) == 2


def test_where_too_many_wait_to_be_hashed_the_next_is_asked_to_come_again(app):
    with ExitStack() as crowd:
        for _n in range(24):
            crowd.enter_context(passwords._queue)
        with pytest.raises(ServiceUnavailable):
            passwords.matches(None, "x")
    assert not passwords.matches(None, "x")


def test_one_time_passwords_differ_and_are_long(app):
    found = {passwords.one_time() for _n in range(50)}
    assert len(found) == 50 and all(len(word) == 23 for word in found)
