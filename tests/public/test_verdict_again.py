"""Saying something else from a page that is already old: heard, not dropped."""

from fieldapp import journal
from fieldapp.database import db
from tests.reader import send
from tests.reader import visit as go


def test_going_back_and_choosing_the_other_button_counts_the_last_choice(answered, visit):
    case, address = answered
    phone = visit()
    page = go(phone, address)
    send(phone, page, "/verdict", solved="yes")
    after = send(phone, page, "/verdict", solved="no")
    assert "You said: not solved" in after.text
    db.session.refresh(case)
    assert case.state == "handed_over" and case.reworks == 1


def test_a_second_remark_from_the_same_page_is_not_lost(answered, visit):
    case, address = answered
    phone = visit()
    page = go(phone, address)
    for words in ("水通了", "可是又停了", "可是又停了"):
        send(phone, page, "/remark", remark=words)
    notes = [entry.note for entry in journal.of(case.thing) if entry.act == "remark"]
    assert notes == ["水通了", "可是又停了"]
