"""Whoever lends a resident the phone: the voice is marked, and none goes through a body's own people."""

import pytest

from fieldapp.cases.outcome import Verdict
from fieldapp.database import db
from fieldapp.people.person import Membership


def says(browser, answered, act="verdict", **typed):
    case, address = answered
    return browser.post(f"{address}/{act}?lang=en", data={"solved": "yes", "head": case.head[:24], **typed})


@pytest.mark.parametrize(
    "account, marked",
    [
        (None, False),
        ("deputy", True),
        ("deputy2", True),
        ("clerk", True),
        ("chair", True),
        ("county", True),
        ("unit2", True),
        ("stranger", True),
    ],
)
def test_a_verdict_on_a_phone_where_somebody_of_the_house_is_signed_in_is_marked(cast, visit, answered, account, marked):
    assert says(visit(account), answered).status_code == 303
    assert db.session.scalar(db.select(Verdict.assisted)) is marked


@pytest.mark.parametrize("act", ["verdict", "rating", "withdrawal", "reopening"])
@pytest.mark.parametrize("helper", ["unit", "deputy"])
def test_who_works_for_the_unit_lends_no_resident_a_voice(cast, visit, answered, helper, act):
    if helper == "deputy":
        db.session.add(Membership(person_id=cast["deputy"].id, unit_id=cast.unit().id))
        db.session.commit()
    case, _address = answered
    version = case.version
    refused = says(visit(helper), answered, act, rating="satisfied")
    assert refused.status_code == 422 and "works for a unit that had this matter" in refused.text
    db.session.expire_all()
    assert case.version == version and db.session.scalar(db.select(Verdict)) is None
    assert says(visit(), answered).status_code == 303


def test_a_word_to_the_congress_goes_through_any_phone(cast, visit, answered):
    assert says(visit("unit"), answered, "remark", remark="谢谢").status_code == 303
