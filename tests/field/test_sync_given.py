"""What goes with a record: a slip, an answer on the spot, a sealed contact."""

from fieldapp.cases import contacts
from fieldapp.cases.case import Case
from fieldapp.database import db
from tests.field.phone import a_record, cases, seal


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
