"""A phone's record becomes a case exactly once, or is refused with a sentence."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.cases import contacts
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.intake import new_key
from fieldapp.cases.outcome import Amendment
from fieldapp.database import db
from fieldapp.slips import codes
from tests.field.phone import Phone, a_photo, a_record, declare, seal


def cases() -> list[Case]:
    return list(db.session.scalars(db.select(Case)))


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


BROKEN = {
    "id": [None, "", 7, "no", "0190c8a0-0000-4000-8000-000000000000"],
    "narrative": [None, "", "   \n", 5, ["x"], "长" * 10_001, "half \ud83d"],
    "summary": [5, "长" * 201],
    "category": [None, "", "nothing", 3],
    "village": [None, "", "v11", "nothing"],
    "kind": ["", "joy", 4, None, ["difficulty"]],
    "activity": [3, "x" * 41],
    "on_the_spot": [4, "长" * 4001, {"a": 1}],
    "anonymous": ["yes", 1, None, "true"],
    "slip": ["not a slip", 12, "0" * 26],
    "serial": ["9999-99", ["x"]],
    "sealed_contact": ["a.b.c.d.e", 5, "x", "....", "x" * 9000],
    "attachments": [
        "x",
        [1],
        [{}],
        [{"sha256": "x", "bytes": 1, "type": "image/jpeg"}],
        {"a": 1},
        [{"sha256": "a" * 64, "bytes": -1, "type": "image/jpeg"}],
        [{"sha256": "a" * 64, "bytes": True, "type": "image/jpeg"}],
        [{"sha256": "a" * 64, "bytes": 10**30, "type": "image/jpeg"}],
        [{"sha256": "A" * 64, "bytes": 5, "type": "image/jpeg"}],
        [{"sha256": f"{n:064x}", "bytes": 5, "type": "image/jpeg"} for n in range(31)],
    ],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_wrong_field_gets_a_sentence_of_its_own_and_nothing_is_kept(phone, name):
    deputy = phone()
    for value in BROKEN[name]:
        answer = deputy.sync(a_record(**{name: value}))
        assert answer.status_code == 422, (name, value, answer.get_json())
        errors = answer.get_json()["errors"]
        assert list(errors) == [name] and errors[name].endswith("."), errors
    assert cases() == []


def test_the_sentences_are_in_the_readers_language(phone):
    english, chinese = (phone(lang=lang).sync(a_record(id="no")).get_json()["errors"] for lang in ("en", "zh"))
    assert english.keys() == chinese.keys() == {"id"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b"}", b'"x"'])
def test_a_damaged_body_is_a_sentence_not_an_error(phone, body):
    for named in (True, False):
        answer = phone().sync(body, named=named)
        assert answer.status_code == 422 and answer.get_json()["id"] is None
    assert cases() == []


def test_a_body_far_too_large_is_refused_before_it_is_read(phone):
    assert phone().sync(b"x" * 3_000_000).status_code == 413


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


def test_thirty_photos_are_the_most_also_by_growing(phone):
    record = a_record(attachments=[{"sha256": f"{n:064x}", "bytes": 5, "type": "image/jpeg"} for n in range(30)])
    deputy = phone()
    assert deputy.sync(record).status_code == 201
    more = [{"sha256": "f" * 64, "bytes": 5, "type": "image/jpeg"}]
    assert deputy.sync({**record, "attachments": more}).status_code == 422
    assert db.session.scalar(db.select(db.func.count()).select_from(Attachment)) == 30


def test_a_slip_goes_with_its_case_by_code_or_serial_and_is_used_once(phone, cast):
    deputy = phone()
    first, second = deputy.session["slips"][:2]
    record = a_record(slip=first["code"])
    assert deputy.sync(record).status_code == 201
    assert deputy.sync(record).status_code == 200
    assert deputy.sync(a_record(serial=second["serial"])).status_code == 201
    taken = deputy.sync(a_record(serial=first["serial"]))
    assert taken.status_code == 422 and "in use" in taken.get_json()["errors"]["serial"]
    assert deputy.sync(a_record(slip=second["code"])).status_code == 422
    assert {case.slip.serial for case in cases()} == {first["serial"], second["serial"]}


def test_the_slip_of_another_deputy_is_refused(phone):
    foreign = phone("deputy2").session["slips"][0]["code"]
    assert list(phone().sync(a_record(slip=foreign)).get_json()["errors"]) == ["slip"]


def test_an_answer_on_the_spot_is_made_in_the_same_transaction(phone):
    for text, language in (("已经当场说明。", "zh"), ("نەق مەيداندا چۈشەندۈردۈم", "ug"), ("Explained.", "en")):
        answer = phone().sync(a_record(on_the_spot=text))
        assert answer.status_code == 201 and answer.get_json()["state"] == "answered"
        assert db.session.scalars(db.select(Case).order_by(Case.id.desc())).first().answer.language == language


def test_a_sealed_contact_is_opened_and_sealed_anew(phone, app):
    deputy = phone()
    words = {"name": "张三", "phone": "13800001111", "share_with_unit": True, "chair_only": False}
    record = a_record(sealed_contact=seal(words, deputy.session["seal"]["jwk"], kid=deputy.session["seal"]["kid"]))
    assert deputy.sync(record).status_code == 201
    (case,) = cases()
    assert contacts.open_contact(case) == words and case.contact.share_with_unit
    assert deputy.sync({**record, "sealed_contact": seal(words, deputy.session["seal"]["jwk"])}).status_code == 200


def test_a_contact_that_comes_later_is_kept_and_the_first_stays(phone):
    deputy = phone()
    record = a_record()
    deputy.sync(record)
    for name in ("first", "second"):
        sealed = seal({"name": name, "phone": ""}, deputy.session["seal"]["jwk"])
        assert deputy.sync({**record, "sealed_contact": sealed}).status_code == 200
    assert contacts.open_contact(cases()[0])["name"] == "first"


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


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50) | st.characters(codec=None),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
NAMES = [*a_record()]
# The same examples on every run, however long one takes.
ALIKE = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=300, **ALIKE)
@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_no_record_whatever_makes_the_server_fail(phone, once_phone, wrong):
    key = new_key()
    answer = once_phone.sync({**a_record(id=key), **wrong})
    assert answer.status_code in (201, 422), (answer.status_code, wrong)
    kept = db.session.scalar(db.select(db.func.count()).select_from(Case).where(Case.key == key))
    assert kept == (answer.status_code == 201)


@settings(max_examples=200, **ALIKE)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_whatever_make_the_server_fail(once_phone, body):
    assert once_phone.sync(body).status_code == 422


@pytest.fixture
def once_phone(phone) -> Phone:
    return phone()


def test_the_session_brings_what_work_without_signal_needs(phone, cast):
    session = phone().session
    assert session["person"] == {"id": cast["deputy"].id, "name": "deputy"}
    assert [row["code"] for row in session["villages"]] == ["v01", "v02"]
    assert {"water", "roads", "farming"} == {row["code"] for row in session["categories"]}
    assert session["seal"]["jwk"]["crv"] == "P-256" and session["activities"] == []
    assert len(session["slips"]) >= 20
    assert phone().session["slips"] == session["slips"]
    assert codes.find(session["slips"][0]["code"]).serial == session["slips"][0]["serial"]
