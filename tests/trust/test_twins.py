"""Sites that differ in secrets alone answer alike, byte for byte, whoever has no right to the secret."""

import time_machine

from fieldapp.public import guessing
from tests.access.expected import EXPECTED
from tests.access.test_matrix import BODY, addresses
from tests.cast import ACCOUNTS
from tests.trust.twins import SEEN, WHOLE, Chance, Twin

ONE = {"narrative": "三号条田渠道淤堵，浇不上水", "colour": "red", "contact": {"name": "某某某", "phone": "0998-000-0171"}}
BARE = {"narrative": "桥头路灯坏了，晚上看不见", "colour": "blue", "contact": None}
OTHER = {**BARE, "contact": {"name": "另一位", "phone": "0998-000-0182"}}
WITHOUT_RIGHT = (None, "deputy2", "unit2", "unit", "county", "stranger", "admin")
ACTS = ("verdict", "rating", "remark", "reopening", "withdrawal")


def lived(tmp_path, monkeypatch, secrets: list[dict], visiting) -> list[dict]:
    """What each site answers, one after the other; they share the keys and the clock."""
    chance, keys, told = Chance(), None, []
    with time_machine.travel("2026-11-18T04:00:00Z", tick=False):
        chance.install(monkeypatch)
        monkeypatch.setattr(guessing, "PAUSE", 0)
        for number, one in enumerate(secrets):
            folder = tmp_path / str(number)
            folder.mkdir()
            with Twin(folder, keys, chance, **one) as twin:
                told.append(visiting(twin))
            keys = keys or folder / "keys"
    return told


def everybody(twin: Twin) -> dict:
    """In a push without what a role never enters: tests/access says that it is 404."""
    replies = {}
    for account in WITHOUT_RIGHT:
        client, role = twin.browser(account), ACCOUNTS.get(account)
        for endpoint, method, address in sorted(addresses(twin.app, "NUMBER")):
            if not WHOLE and account and role not in EXPECTED.get(endpoint, {"unit"}):
                continue
            for state in SEEN if "NUMBER" in address else ("",):
                path = address.replace("NUMBER", twin.numbers.get(state, ""))
                if endpoint == "cases.photo":
                    path = path.replace("/photos/1", f"/photos/{twin.photos[state]}")
                data = {"reason": "看看", "version": 3, "serial": "0001-01"} if method == "POST" else BODY.get(method)
                replies[account, method, path] = twin.asks(client, method, path, data=data)
    return replies


def the_holder(twin: Twin) -> dict:
    """Whoever has the slip: in each language, and with each act."""
    client, replies = twin.browser(None), {}
    for state, code in twin.codes.items():
        looks = [("GET", f"/s/{code}?lang={language}&all=1", None) for language in ("zh", "ug", "en")]
        looks += [("GET", f"/s/{code}/photos/{twin.photos[state]}", None)]
        says = [("POST", f"/s/{code}/{act}", {"solved": "no", "rating": "satisfied", "remark": "谢谢"}) for act in ACTS]
        for method, address, data in looks + says + looks[:1]:
            replies[state, method, address] = twin.asks(client, method, address, data=data)
    return replies


def the_chair(twin: Twin) -> dict:
    """Who has the right tells the twins apart: they are not alike by mistake."""
    client, pages = twin.browser("chair"), [f"/cases/{number}" for number in twin.numbers.values()]
    return {("chair", "GET", page): twin.asks(client, "GET", page) for page in pages}


def differences(one: dict, other: dict) -> list:
    assert set(one) == set(other)
    return [(*key, one[key][0], other[key][0]) for key in one if one[key] != other[key]]


def test_whoever_has_no_right_gets_the_same_bytes_on_every_route(tmp_path, monkeypatch):
    one, other = lived(tmp_path, monkeypatch, [ONE, BARE], everybody)
    assert len(one) >= 300 and differences(one, other) == []


def test_whoever_holds_the_slip_reads_neither_the_words_nor_the_contact_they_came_with(tmp_path, monkeypatch):
    one, other = lived(tmp_path, monkeypatch, [ONE, OTHER], lambda twin: {**the_holder(twin), **the_chair(twin)})
    assert {reply[0] for reply in one.values()} >= {200, 303, 404, 409}
    assert len(one) == 10 * len(SEEN) and {row[0] for row in differences(one, other)} == {"chair"}
