"""A phone's record becomes a case exactly once; other words under its id are kept."""

import json

import pytest

from fieldapp.cases.outcome import Amendment
from fieldapp.database import db
from fieldapp.slips import codes
from tests.field.phone import a_photo, a_record, cases, declare


def test_without_a_session_everything_is_answered_401_in_json(visit):
    client = visit()
    for answer in (client.get("/field/session"), client.post("/field/sync"), client.put("/field/attachments/" + "a" * 64, data=b"x")):
        assert answer.status_code == 401 and answer.is_json
    assert cases() == []


def test_a_stale_token_is_answered_like_a_lost_session_and_keeps_nothing(phone):
    assert phone().sync(a_record(), token="stale").status_code == 401
    assert phone().sync(a_record(), token="stale").is_json
    assert cases() == []


@pytest.mark.parametrize("account", ["clerk", "chair", "unit", "county", "admin", "stranger"])
def test_only_a_deputy_syncs(visit, account):
    client = visit(account)
    assert client.post("/field/sync", data={}).status_code == 404
    assert client.get("/field/session").status_code == 404


def test_the_words_arrive_once_and_the_receipt_names_what_is_missing(phone, cast):
    photo = a_photo()
    record = a_record(attachments=declare(photo), summary="渠道淤堵", kind="opinion", anonymous=True)
    first = phone().sync(record)
    assert first.status_code == 201
    receipt = first.get_json()
    assert receipt["id"] == record["id"] and receipt["state"] == "confirmed" and receipt["missing"] == [declare(photo)[0]["sha256"]]
    again = phone().sync(record)
    assert again.status_code == 200 and again.get_json() == receipt
    (case,) = cases()
    assert (case.number, case.narrative, case.kind, case.anonymous) == (receipt["number"], record["narrative"], "opinion", True)
    assert case.deputy_id == case.author_id == cast["deputy"].id
    assert case.village.code == "v01" and case.captured_at == record["captured_at"]


def test_the_part_may_come_without_a_file_name_and_with_unknown_fields(phone):
    assert phone().sync(a_record(colour="blue", nested={"a": [1]}), named=False).status_code == 201


@pytest.mark.parametrize("claim", [None, "", "yesterday", 5, {"a": 1}, "9" * 400, "\ud83d\0", "1970-01-01T00:00:00Z"])
def test_the_phones_time_is_a_claim_and_never_refused(phone, claim):
    assert phone().sync(a_record(captured_at=claim)).status_code == 201


def test_other_words_under_the_same_id_are_kept_beside_the_case(phone):
    record = a_record()
    deputy = phone()
    deputy.sync(record)
    for _ in range(2):
        answer = deputy.sync({**record, "narrative": "改成别的。", "slip": None})
        assert answer.status_code == 409 and answer.get_json()["id"] == record["id"]
    assert cases()[0].narrative == record["narrative"]
    (amendment,) = db.session.scalars(db.select(Amendment))
    assert amendment.record["narrative"] == "改成别的。"
    assert not {"slip", "sealed_contact", "attachments"} & amendment.record.keys()
    assert deputy.sync(record).status_code == 200


def test_an_id_of_another_person_is_refused_without_a_word(phone):
    record = a_record()
    phone().sync(record)
    for sent in (record, {**record, "narrative": "x"}):
        answer = phone("deputy2").sync(sent)
        assert answer.status_code == 403 and answer.get_json() == {"id": record["id"], "error": "not_allowed"}
    assert db.session.scalar(db.select(db.func.count()).select_from(Amendment)) == 0


def test_the_list_of_photos_may_grow(phone):
    record = a_record(attachments=declare(a_photo(1)))
    deputy = phone()
    deputy.sync(record)
    answer = deputy.sync({**record, "attachments": declare(a_photo(1), a_photo(2))})
    assert answer.status_code == 200 and len(answer.get_json()["missing"]) == 2
    answer = deputy.sync({**record, "narrative": "x", "attachments": declare(a_photo(3))})
    assert answer.status_code == 409 and len(answer.get_json()["missing"]) == 3


def test_four_hundred_characters_weigh_two_kilobytes(phone):
    record = a_record(narrative="渠" * 400, slip=phone().session["slips"][0]["code"])
    assert len(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()) <= 2048
    assert phone().sync(json.dumps(record, ensure_ascii=False).encode()).status_code == 201


def test_a_full_disk_is_said_and_comes_later(phone, monkeypatch):
    deputy = phone()
    monkeypatch.setattr("fieldapp.field.sync_door.LEAST_ROOM", 2**70)
    answer = deputy.sync(a_record())
    assert answer.status_code == 507 and int(answer.headers["Retry-After"]) > 0
    assert cases() == []


def test_a_locked_database_is_busy_and_not_an_error(phone, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def locked(*_args, **_fields):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    deputy = phone()
    monkeypatch.setattr("fieldapp.field.sync.log", locked)
    answer = deputy.sync(a_record())
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"


def test_the_session_brings_what_work_without_signal_needs(phone, cast):
    session = phone().session
    assert session["person"] == {"id": cast["deputy"].id, "name": "deputy"}
    assert [row["code"] for row in session["villages"]] == ["v01", "v02"]
    assert {"water", "roads", "farming"} == {row["code"] for row in session["categories"]}
    assert session["seal"]["jwk"]["crv"] == "P-256" and session["activities"] == []
    assert len(session["slips"]) >= 20
    assert phone().session["slips"] == session["slips"]
    assert codes.find(session["slips"][0]["code"]).serial == session["slips"][0]["serial"]
