"""What the holder of a slip said can be put right, on every page that asked for it."""

import pytest
import time_machine

from fieldapp.cases.guards import SILENCE
from fieldapp.database import db, now
from tests.reader import send
from tests.reader import visit as go


@pytest.fixture
def settled(cast, slip_of):
    """A solved claim that was struck off; the page's address."""

    def settle(said: bool, letter: str = "A"):
        case = cast.brings("accepted")
        address = slip_of(case)
        cast.does("unit", case, "answer", **{"class": letter, "text": "已清淤。", "language": "zh"})
        cast.does("deputy", case, "release")
        if said:
            cast.does("resident", case, "verdict", solved=True)
        else:
            cast.does("clerk", case, "feedback", channel="call", told_on=now().date())
        with time_machine.travel(now() + SILENCE):
            cast.does("chair", case, "settlement", uninspected="看过照片")
        return case, address

    return settle


def fresh(case):
    db.session.expire_all()
    return case


def test_not_solved_after_the_end_opens_it_again(settled, visit):
    case, address = settled(said=True)
    phone = visit()
    page = send(phone, go(phone, address), "/verdict", solved="no")
    assert (fresh(case).state, case.reworks, case.ended_at) == ("handed_over", 1, None)
    assert "You said: not solved" in page.text and "has to do it again" in page.text


def test_not_solved_after_a_cannot_that_was_struck_off_sends_nobody_to_do_the_impossible(settled, visit):
    case, address = settled(said=False, letter="D")
    phone = visit()
    page = send(phone, go(phone, address), "/verdict", solved="no")
    assert fresh(case).state == "settled" and case.answer.verdict.solved is False
    assert "It is not solved: open it again" in page.text


def test_who_was_silent_until_the_end_can_still_say_solved_and_how_satisfied(settled, visit):
    case, address = settled(said=False)
    phone = visit()
    page = go(phone, address)
    assert "Closed on" in page.text and "Is your problem solved?" in page.text
    page = send(phone, page, "/verdict", solved="yes")
    page = send(phone, page, "/rating", rating="satisfied")
    verdict = fresh(case).answer.verdict
    assert (case.state, verdict.solved, verdict.rating) == ("settled", True, "satisfied")


@pytest.fixture
def rated(answered, visit):
    """A matter said to be solved and rated; the phone, and the page it is on."""
    case, address = answered
    phone = visit()
    page = send(phone, go(phone, address), "/verdict", solved="yes")
    return case, phone, send(phone, page, "/rating", rating="not_satisfied")


def test_a_face_tapped_by_mistake_is_changed(rated):
    case, phone, page = rated
    page = send(phone, page, "/rating", rating="satisfied")
    assert fresh(case).answer.verdict.rating == "satisfied" and "Your rating: Satisfied." in page.text


def test_a_rating_of_solved_is_not_one_of_not_solved(rated):
    case, phone, page = rated
    page = send(phone, page, "/verdict", solved="no")
    assert fresh(case).answers[-1].verdict.rating is None
    assert "Are you satisfied with how it was handled?" in page.text


def test_not_solved_tapped_by_mistake_is_taken_back_and_leaves_the_chairs_pile(answered, visit):
    case, address = answered
    phone, desk = visit(), visit("chair")
    page = send(phone, go(phone, address), "/verdict", solved="no")
    assert case.number in desk.get("/desk?pile=unsolved").text
    page = send(phone, page, "/verdict", solved="yes")
    assert "You said that it is solved. The unit answers once more" in page.text
    assert case.number not in desk.get("/desk?pile=unsolved").text


def test_after_not_solved_on_the_spot_the_faces_and_the_change_are_there(cast, slip_of, visit):
    case = cast.brings("confirmed")
    address = slip_of(case)
    cast.does("deputy", case, "on_the_spot", text="找村委会开证明。", language="zh")
    phone = visit()
    page = send(phone, go(phone, address), "/verdict", solved="no")
    assert fresh(case).state == "confirmed" and "Are you satisfied" in page.text
    page = send(phone, page, "/rating", rating="not_satisfied")
    page = send(phone, page, "/verdict", solved="yes")
    assert fresh(case).answers[-1].verdict.solved and "You said: solved" in page.text


def test_a_promise_sent_back_before_its_day_is_not_said_to_have_come(cast, slip_of, visit):
    case = cast.brings("accepted")
    address = slip_of(case)
    cast.does(
        "unit",
        case,
        "answer",
        **{"class": "B", "text": "正在施工。", "language": "zh", "promised": now().date().replace(year=now().year + 1)},
    )
    cast.does("chair", case, "rework", reason="日期太晚")
    page = go(visit(), address)
    assert "has to do it again" in page.text and "promised day" not in page.text


def test_a_matter_the_unit_gave_back_says_so_first(cast, slip_of, visit):
    case = cast.brings("handed_over")
    address = slip_of(case)
    cast.does("unit", case, "return", reason="不属本单位")
    page = go(visit(), address)
    assert "The unit gave it back. The chair decides who handles it." in page.text
