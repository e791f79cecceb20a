"""Whatever is sent to whichever door, by whomever: an answer, never a failure of ours."""

import os

import pytest

from tests.access.expected import EXPECTED
from tests.cast import ACCOUNTS
from tests.trust.fuzz import Fuzz
from tests.trust.planting import lived

SENT = int(os.environ.get("FAULT_FUZZED", "1200"))


@pytest.mark.parametrize("seed", [1, 2])
def test_no_request_whatever_is_answered_with_a_failure(app, cast, visit, seed):
    app.config |= {"PROPAGATE_EXCEPTIONS": False, "WTF_CSRF_ENABLED": False}
    fuzz, wrong, met = Fuzz(app, seed, lived(cast)), [], set()
    browsers = {account: visit(account) for account in (None, *ACCOUNTS)}
    for _n in range(SENT // 2):
        asked = fuzz.request()
        endpoint = asked.pop("endpoint")
        accounts = [account for account, role in ACCOUNTS.items() if role in EXPECTED.get(endpoint, ())] or [None]
        account = fuzz.chance.choice(accounts if fuzz.chance.random() < 0.9 else sorted(ACCOUNTS))
        if endpoint in ("people.sign_out", "people.session_revoked", "people.end_sessions", "people.phone_revoked"):
            continue
        shown = {**asked, "data": repr(asked.get("data"))[:400]}
        reply = browsers[account].open(**asked)
        met.add(reply.status_code)
        if reply.status_code >= 500:
            wrong.append((account, shown))
    assert wrong == []
    assert {200, 404} <= met


@pytest.mark.parametrize("body", [b"[" * 5000, b"[[1]]", b'"x"', b'{"narrative": [[]]}', b"{", b"\xff"])
def test_json_is_no_form(app, visit, body):
    app.config |= {"PROPAGATE_EXCEPTIONS": False, "WTF_CSRF_ENABLED": False}
    doors = {None: ("/station/square", "/sign-in"), "deputy": ("/field/new", "/field/sync"), "chair": ("/cases/new", "/desk/handover")}
    for account, paths in doors.items():
        for path in paths:
            reply = visit(account).post(path, data=body, content_type="application/json")
            assert reply.status_code < 500, (account, path)
