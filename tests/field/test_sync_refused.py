"""What a phone sends and the station cannot take is refused with a sentence, whatever it is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.intake import new_key
from fieldapp.database import db
from tests.field.phone import Phone, a_record, cases

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


def test_thirty_photos_are_the_most_also_by_growing(phone):
    record = a_record(attachments=[{"sha256": f"{n:064x}", "bytes": 5, "type": "image/jpeg"} for n in range(30)])
    deputy = phone()
    assert deputy.sync(record).status_code == 201
    more = [{"sha256": "f" * 64, "bytes": 5, "type": "image/jpeg"}]
    assert deputy.sync({**record, "attachments": more}).status_code == 422
    assert db.session.scalar(db.select(db.func.count()).select_from(Attachment)) == 30


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
