"""The page behind a slip whose case was merged: the joint answer, and a voice of its own."""

from datetime import timedelta

import pytest

from fieldapp import journal
from fieldapp.cases import pictures
from fieldapp.database import clock_at, db, now, today
from fieldapp.demo.drawing import scene
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import send
from tests.reader import visit as go

OTHER = "另一位居民的原话"


@pytest.fixture
def merged(cast):
    """A case merged into another one, each with a slip; the unit has the joint one."""
    case, joined = cast.logs(), cast.logs("deputy2", narrative=OTHER)
    for one, slip in zip((case, joined), pool_for(cast["deputy"]), strict=False):
        slip.case = one
    db.session.commit()
    cast.does("chair", case, "merge", joined=joined)
    cast.does("chair", joined, "handover", unit=cast.unit(), due=today() + timedelta(days=9), summary="渠道淤堵。")
    cast.does("unit", joined, "acceptance", officer=cast["unit"])
    return case, joined


def answered(cast, joined):
    cast.does("unit", joined, "answer", **{"class": "A", "text": "渠道已清淤，水已通。", "language": "zh"})
    cast.does("chair", joined, "release")


def address(case) -> str:
    return f"/s/{code_of(case.slip)}"


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_it_shows_where_the_joint_case_stands_and_nothing_else_of_it(cast, visit, merged, lang):
    case, joined = merged
    cast.does("resident", joined, "remark", remark="另一位居民的留言")
    answered(cast, joined)
    cast.does("resident", joined, "verdict", solved=False)
    page = go(visit(lang=lang), address(case))
    assert "渠道已清淤" in page.text and cast.unit().names[lang] in page.text
    for foreign in (OTHER, "另一位居民的留言", joined.number, joined.slip.serial, cast["deputy2"].names[lang]):
        assert foreign not in page.html
    assert "You said" not in page.text


def test_each_slip_speaks_for_itself(cast, visit, merged):
    case, joined = merged
    answered(cast, joined)
    first, second = visit(), visit()
    send(first, go(first, address(case)), "/verdict", solved="yes")
    send(second, go(second, address(joined)), "/verdict", solved="yes")
    assert "You said: solved" in go(first, address(case)).text
    send(first, go(first, address(case)), "/rating", rating="not_satisfied")
    send(second, go(second, address(joined)), "/rating", rating="satisfied")
    said = joined.answer
    db.session.refresh(said)
    assert (said.verdict_of(case.id).rating, said.verdict_of(joined.id).rating) == ("not_satisfied", "satisfied")
    assert said.verdict.rating == "satisfied"


def test_not_solved_sends_the_joint_case_back_once(cast, visit, merged):
    case, joined = merged
    answered(cast, joined)
    phone, other = visit(), visit()
    page, old = go(phone, address(case)), go(other, address(joined))
    send(phone, page, "/verdict", solved="no")
    send(other, old, "/verdict", solved="no")
    db.session.refresh(joined)
    assert joined.state == "handed_over" and joined.reworks == 1
    assert "has to do it again" in go(phone, address(case)).text


@pytest.mark.parametrize("act, said", [("reopening", {"remark": "又堵了"}), ("verdict", {"solved": "no"})])
def test_it_is_opened_again_alone_within_thirty_days_of_the_joint_end(cast, visit, merged, act, said):
    case, joined = merged
    answered(cast, joined)
    for one in (case, joined):
        cast.does("resident", one, "verdict", solved=True)
    cast.does("chair", joined, "inspection", note="ok")
    cast.does("chair", joined, "settlement")
    phone = visit()
    page = go(phone, address(case))
    assert "Closed on" in page.text
    with clock_at(now() + timedelta(days=31)):
        assert not any(move.name == "reopening" for move in _open(case, cast))
    assert send(phone, page, f"/{act}", **said).status == 200
    db.session.refresh(case)
    assert (case.state, case.joined_id, case.reworks) == ("confirmed", None, 1)
    db.session.refresh(joined)
    assert joined.state == "settled"
    assert [entry.after for entry in journal.of(case.thing)][-2:] == ["merged", "confirmed"]


def _open(case, cast):
    from fieldapp.cases.moves import open_moves

    return open_moves(case, cast.resident)


def test_the_photos_of_the_joint_answer_open_and_those_of_the_matter_do_not(cast, visit, merged):
    case, joined = merged
    matter = pictures.store(scene(1), case=joined, purpose="matter", author=cast["deputy2"])
    after = pictures.store(scene(2), case=joined, purpose="answer", author=cast["unit"], approved=True)
    cast.does("unit", joined, "answer", **{"class": "A", "text": "好了", "language": "zh", "photos": [after]})
    held = visit().get(f"{address(case)}/photos/{after.id}").status_code
    cast.does("chair", joined, "release")
    codes = [visit().get(f"{address(case)}/photos/{photo.id}").status_code for photo in (after, matter)]
    assert (held, codes) == (404, [200, 404])
    staff = [visit("deputy").get(f"/cases/{case.number}/photos/{photo.id}").status_code for photo in (after, matter)]
    assert staff == [200, 404]


def test_others_are_spoken_of_only_where_they_are_a_crowd(cast, visit, merged):
    _case, joined = merged
    assert "Others raised it too" not in go(visit(), address(joined)).text
    for _n in range(3):
        cast.does("chair", cast.logs(), "merge", joined=joined)
    assert "Others raised it too" in go(visit(), address(joined)).text


@pytest.mark.parametrize("where", ["resident", "answer-sheet"])
def test_the_desk_reads_the_same(cast, visit, merged, where):
    case, joined = merged
    answered(cast, joined)
    assert "渠道已清淤" in go(visit("deputy"), f"/cases/{case.number}/{where}").text
