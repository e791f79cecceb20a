"""What the holder of a slip says, and what others cannot say in their place."""

import io
from datetime import timedelta

import pytest
import time_machine

from fieldapp import journal
from fieldapp.database import db, now
from fieldapp.public import voice
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import read, send
from tests.reader import visit as go


def acts(case):
    return [entry.act for entry in journal.of(case.thing)]


def test_solved_and_satisfied_are_two_taps(answered, visit):
    case, address = answered
    phone = visit()
    page = send(phone, go(phone, address), "/verdict", solved="yes")
    page = send(phone, page, "/rating", rating="satisfied")
    assert "Thank you. You said: solved." in page.text
    db.session.refresh(case)
    assert case.answer.verdict.solved and case.answer.verdict.rating == "satisfied" and case.feedback.channel == "page"


def test_not_solved_comes_back_to_the_unit_as_rework(answered, visit):
    case, address = answered
    phone = visit()
    page = send(phone, go(phone, address), "/verdict", solved="no")
    db.session.refresh(case)
    assert (case.state, case.reworks, case.unit_id is not None) == ("handed_over", 1, True)
    assert "has to do it again" in page.text and "You said: not solved" in page.text


def test_not_solved_after_cannot_is_heard_and_sends_nobody_to_do_the_impossible(cast, visit):
    case = cast.brings("accepted")
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    cast.does("unit", case, "answer", **{"class": "D", "text": "办不了，因为没有经费。", "language": "zh"})
    cast.does("deputy", case, "release")
    phone = visit()
    send(phone, go(phone, f"/s/{code_of(case.slip)}"), "/verdict", solved="no")
    db.session.refresh(case)
    assert case.state == "answered" and case.answer.verdict.solved is False


def test_opening_the_page_changes_nothing(answered, visit):
    case, address = answered
    before = (case.head, case.version)
    for path in (address, address + "/verdict", address + "?solved=yes", address + "/rating"):
        visit().get(path)
    db.session.refresh(case)
    assert (case.head, case.version) == before


@pytest.mark.parametrize("act, given", [("verdict", {"solved": "yes"}), ("remark", {"remark": "谢谢"}), ("withdrawal", {})])
def test_the_same_form_twice_does_nothing_twice(answered, visit, act, given):
    case, address = answered
    phone = visit()
    page = go(phone, address)
    first, second = (send(phone, page, f"/{act}", **given) for _tap in range(2))
    assert first.status == second.status == 200
    assert acts(case).count(act) == 1


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}],
)
def test_a_form_from_another_site_is_refused(answered, visit, headers):
    case, address = answered
    reply = visit().post(f"{address}/verdict", data={"solved": "yes", "head": case.head[:24]}, headers=headers)
    assert reply.status_code == 403 and case.answer.verdict is None
    assert "Nothing was changed." in reply.text and "account" not in reply.text


def test_a_late_tap_is_told_what_is_possible_and_the_words_are_kept(answered, cast, visit):
    case, address = answered
    phone = visit()
    page = go(phone, address)
    cast.does("resident", case, "withdrawal")
    late = phone.post(f"{address}/rating", data={"rating": "satisfied", "head": page.form("/remark").values["head"]})
    assert late.status_code == 409 and "not possible now" in late.get_data(as_text=True)


def test_a_remark_that_is_too_long_is_kept_and_refused_with_a_sentence(answered, visit):
    case, address = answered
    phone = visit()
    page = send(phone, go(phone, address), "/remark", remark="很" * 1001)
    assert page.status == 422 and "too long" in page.text and page.form("/remark").values["remark"] == "很" * 1001
    assert "remark" not in acts(case)


def test_a_photo_that_is_none_is_refused_and_the_words_are_kept(answered, visit):
    case, address = answered
    phone = visit()
    page = send(phone, go(phone, address), "/remark", remark="看照片", photo=(io.BytesIO(b"MZ not a picture"), "x.jpg"))
    assert page.status == 409 and page.form("/remark").values["remark"] == "看照片" and "remark" not in acts(case)


def test_help_on_a_deputys_phone_is_marked_assisted(answered, visit):
    case, address = answered
    deputy = visit("deputy")
    send(deputy, go(deputy, address), "/verdict", solved="yes")
    db.session.refresh(case)
    assert case.answer.verdict.assisted


def test_a_wrong_code_says_nothing_and_does_nothing(answered, visit):
    _case, _address = answered
    assert visit().post("/s/AAAAAAAAAAAAAAAAAAAAAAAAAA/verdict", data={"solved": "yes"}).status_code == 404


def test_what_was_settled_can_be_opened_again_within_thirty_days(answered, cast, visit):
    case, address = answered
    cast.does("resident", case, "verdict", solved=True)
    cast.does("deputy", case, "inspection", note="ok")
    cast.does("chair", case, "settlement")
    phone = visit()
    send(phone, go(phone, address), "/reopening", remark="又堵了")
    db.session.refresh(case)
    assert case.state == "handed_over" and case.ended_at is None and case.reworks == 1


def test_the_rated_never_see_a_single_verdict(answered, visit):
    case, address = answered
    phone = visit()
    page = send(phone, go(phone, address), "/verdict", solved="yes")
    send(phone, page, "/rating", rating="not_satisfied")
    assert "atisfied" not in go(visit("unit"), f"/cases/{case.number}").text


def test_a_flood_of_remarks_waits_with_its_words_kept_and_spares_what_is_said_by_tapping(answered, visit, monkeypatch):
    case, address = answered
    monkeypatch.setitem(voice.PER_SLIP, "free", 2)
    phone = visit()
    # The first pause is a second long, and a slow machine takes as much.
    with time_machine.travel(now(), tick=False):
        for words in ("一", "二"):
            assert send(phone, go(phone, address), "/remark", remark=words).status == 200
        page = go(phone, address)
        photo = (io.BytesIO(b"never looked at"), "x.jpg")
        late = phone.post(f"{address}/remark", data={**page.form("/remark").values, "remark": "三", "photo": photo})
    assert late.status_code == 429 and int(late.headers["Retry-After"]) > 0
    page = read(late)
    assert "What you wrote is kept" in page.text and page.form("/remark").values["remark"] == "三"
    assert acts(case).count("remark") == 2
    assert send(phone, go(phone, address), "/verdict", solved="yes").status == 200
    with time_machine.travel(now() + timedelta(minutes=2)):
        assert send(phone, page, "/remark", remark="三").status == 200
    assert acts(case).count("remark") == 3


def test_remarks_of_many_neighbours_behind_one_address_are_not_held_up(answered, visit):
    _case, address = answered
    phone = visit()
    for number in range(voice.PER_SLIP["free"]):
        assert send(phone, go(phone, address), "/remark", remark=f"第{number}句").status == 200
    assert voice.PER_ADDRESS["free"] >= 3 * voice.PER_SLIP["free"]
