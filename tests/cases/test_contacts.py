"""A contact is sealed, opened through one door with an entry, and forgotten."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec

from fieldapp import journal
from fieldapp.cases import contact_keys, contacts, jwe
from fieldapp.cases.contact import Contact
from fieldapp.database import db
from tests.field.phone import seal

KNOWN = {"name": "阿不都·买买提", "phone": "138-0000-4711", "share_with_unit": False, "chair_only": False}


def sealed_case(cast, state: str = "confirmed", **wishes):
    case = cast.brings(state)
    contacts.seal_contact(case, {**KNOWN, **wishes})
    db.session.commit()
    return case


def look(visit, account: str, case, reason: str = "to ask where the ditch is", version: int | None = None):
    client = visit(account)
    page = client.get(f"/cases/{case.number}").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0] if 'name="csrf_token" value="' in page else ""
    drawn_from = re.search(r'name="version" value="([^"]+)"', page)
    fields = {"csrf_token": token, "version": version or (drawn_from and drawn_from[1]) or "0", "once": "", "reason": reason}
    return client.post(f"/cases/{case.number}/contact", data=fields)


def looks(case) -> int:
    return sum(entry.act == "contact_look" for entry in journal.of(case.thing))


def b64(data: str) -> bytes:
    return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))


def test_the_key_agreement_is_that_of_rfc_7518_appendix_c():
    alice = {
        "d": "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo",
        "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
        "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
    }
    bob = {"x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}
    numbers = [int.from_bytes(b64(part), "big") for part in (alice["d"], alice["x"], alice["y"], bob["x"], bob["y"])]
    own = ec.EllipticCurvePrivateNumbers(numbers[0], ec.EllipticCurvePublicNumbers(numbers[1], numbers[2], ec.SECP256R1())).private_key()
    theirs = ec.EllipticCurvePublicNumbers(numbers[3], numbers[4], ec.SECP256R1()).public_key()
    assert jwe.derive(own.exchange(ec.ECDH(), theirs), "A128GCM", 128, b"Alice", b"Bob") == b64("VqqN6vgjbSBcIijNcacQGg")


def test_a_seal_that_is_foreign_changed_or_of_another_kind_is_not_opened(app):
    key = app.config["KEYS"].seal
    jwk = jwe.public_jwk(key)
    good = seal({"name": "x"}, jwk)
    assert json.loads(jwe.decrypt(good, key)) == {"name": "x"}
    parts = good.split(".")
    changed = [".".join([*parts[:n], "AAAA" + parts[n][4:], *parts[n + 1 :]]) for n in (0, 2, 3, 4)]
    headers = [{"alg": "dir"}, {"enc": "A128GCM"}, {"zip": "DEF"}, {"crit": ["b64"]}, {"epk": None}]
    points = [{"kty": "EC", "crv": "P-256", "x": x, "y": y} for x, y in (("AA", "AA"), (jwk["x"], jwk["x"]))]
    bad = ["", "....", good + ".", good[:-2], ".".join(parts[:4]), ".".join([parts[0], "x", *parts[2:]]), "长" * 9000, *changed]
    bad += [seal({}, jwk, **header) for header in headers] + [seal({}, jwk, epk=point) for point in points]
    bad += [seal({}, jwe.public_jwk(ec.generate_private_key(ec.SECP256R1())))]
    for token in bad:
        with pytest.raises(jwe.Unreadable):
            jwe.decrypt(token, key)
    for words in ([], "x", None):
        with pytest.raises(jwe.Unreadable):
            contacts.read_from_phone(seal(words, jwk))


def test_nothing_of_a_contact_lies_open_and_the_same_number_leaves_no_equal_bytes(app, cast):
    rows = [sealed_case(cast).contact.sealed for _ in range(20)]
    assert len({row[n : n + 8] for row in rows for n in range(0, len(row), 8)}) == sum(len(range(0, len(row), 8)) for row in rows)
    assert len({len(row) for row in rows}) == 1
    for path in app.config["INSTANCE"].rglob("*"):
        if path.is_file():
            kept = path.read_bytes()
            assert not any(word.encode() in kept for word in ("138-0000-4711", "13800004711", "阿不都", "买买提")), path
    assert (app.config["INSTANCE"] / "keys" / "contacts.db").stat().st_mode & 0o077 == 0


def test_a_seal_moved_to_another_case_does_not_open(app, cast):
    one, other = sealed_case(cast), sealed_case(cast)
    one.contact.sealed = other.contact.sealed
    with pytest.raises(contacts.Forgotten):
        contacts.open_contact(one)
    assert contacts.open_contact(other) == KNOWN


def test_where_nothing_is_given_nothing_is_kept(cast):
    assert contacts.seal_contact(cast.logs(), {"name": " ", "phone": None}) is None


def test_the_door_asks_for_a_reason_and_every_look_has_its_entry(cast, visit):
    case = sealed_case(cast)
    assert look(visit, "deputy", case, reason="").status_code == 422 and looks(case) == 0
    for times in (1, 2):
        page = look(visit, "deputy", case)
        assert page.status_code == 200 and "0000-4711" in page.text and looks(case) == times
        assert page.headers["Cache-Control"] == "no-store" and "<pattern" in page.text and "style=" not in page.text
    stale = look(visit, "deputy", case, version=1)
    assert stale.status_code == 409 and "0000-4711" not in stale.text and looks(case) == 2
    assert all("0000-4711" not in json.dumps(entry.facts) + entry.note for entry in journal.of(case.thing))


def test_who_may_not_open_a_contact_does_not_learn_that_there_is_one(cast, visit):
    case, bare = sealed_case(cast, "handed_over"), cast.brings("handed_over")
    for account in ("unit", "unit2", "deputy2", "stranger", "county", "admin"):
        replies = [look(visit, account, one) for one in (case, bare)]
        assert replies[0].status_code == replies[1].status_code >= 400, account
        assert "0000-4711" not in replies[0].text
    assert looks(case) == 0
    assert look(visit, "unit", sealed_case(cast, "handed_over", share_with_unit=True)).status_code == 200


def test_chair_only_means_the_chair_alone(cast, visit):
    case = sealed_case(cast, chair_only=True, share_with_unit=True)
    assert [look(visit, account, case).status_code for account in ("deputy", "clerk")] == [409, 409]
    assert look(visit, "chair", case).status_code == 200


def test_the_door_stays_shut_to_a_link_and_without_a_token(cast, visit):
    case = sealed_case(cast)
    assert visit("deputy").get(f"/cases/{case.number}/contact").status_code in (404, 405)
    assert visit("deputy").post(f"/cases/{case.number}/contact", data={"reason": "x", "version": case.version}).status_code in (400, 422)
    assert looks(case) == 0


def test_without_its_key_the_page_shows_nothing(cast, visit):
    case = sealed_case(cast)
    contact_keys.destroy([case.id])
    reply = look(visit, "chair", case)
    assert reply.status_code == 404 and "0000-4711" not in reply.text


@pytest.mark.parametrize("setting, days", [({}, 30), ({"erase_after": 10}, 10), ({"erase_after": 1}, 7), ({"erase_after": 500}, 90)])
@pytest.mark.parametrize("state", ["settled", "guided", "withdrawn"])
def test_a_contact_is_forgotten_days_after_the_end(app, cast, state, setting, days):
    case = sealed_case(cast, state)
    case.township.county.settings = setting
    db.session.commit()
    assert contacts.forgotten_at(case) == case.ended_at + timedelta(days=days)
    with time_machine.travel(case.ended_at + timedelta(days=days, seconds=-5), tick=False):
        assert contacts.erase_due() == 0
    with time_machine.travel(case.ended_at + timedelta(days=days, seconds=5), tick=False):
        assert contacts.erase_due() == 1
    assert db.session.scalar(db.select(Contact)) is None and contact_keys.find(case.id) is None


def test_an_open_case_keeps_its_contact_for_twelve_months_and_reopening_cancels_the_clock(cast):
    case = sealed_case(cast, "settled")
    cast.does("resident", case, "reopening", reason="again")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=360)):
        assert contacts.erase_due() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(days=366)):
        assert contacts.erase_due() == 1


def test_an_old_copy_of_the_database_cannot_open_what_was_forgotten(app, cast):
    case = sealed_case(cast)
    old = case.contact.sealed
    contacts.erase(case)
    db.session.commit()
    contacts.seal_contact(case, KNOWN)
    case.contact.sealed = old
    db.session.commit()
    with pytest.raises(contacts.Forgotten):
        contacts.open_contact(case)


def test_the_clock_is_a_command(app, cast):
    sealed_case(cast)
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["tick"])
    assert result.exit_code == 0 and "0 contacts" in result.output
