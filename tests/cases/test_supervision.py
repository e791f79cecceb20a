"""Supervised cases: a reason, a report, a reply; nothing is struck off before."""

from datetime import timedelta

import pytest

from fieldapp import journal
from fieldapp.cases import supervision
from fieldapp.cases.performing import OutOfTurn
from fieldapp.cases.verifying import findings
from fieldapp.database import db, today
from tests.reader import send
from tests.reader import visit as go


def supervised(cast, state="accepted", **fields):
    case = cast.brings(state, **fields)
    cast.does("chair", case, "supervision", reason="群众反映强烈", report_due=today() + timedelta(days=7))
    return case


def ready_to_settle(cast, case):
    cast.does("unit", case, "answer", **{"class": "A", "text": "好了", "language": "zh"})
    cast.does("deputy", case, "release")
    cast.does("resident", case, "verdict", solved=True)
    cast.does("deputy", case, "inspection", note="ok")


def test_nobody_but_who_presides_puts_a_case_under_supervision_and_not_twice_at_once(cast):
    case = cast.brings("accepted")
    for account in ("deputy", "clerk", "unit", "county", "stranger"):
        with pytest.raises(OutOfTurn):
            cast.does(account, case, "supervision", reason="x", report_due=today())
    case = supervised(cast)
    with pytest.raises(OutOfTurn):
        cast.does("chair", case, "supervision", reason="x", report_due=today())


def test_it_is_not_struck_off_while_report_or_reply_is_missing(cast):
    case = supervised(cast)
    ready_to_settle(cast, case)
    for who, move, given in (("unit", "report", {"report": "已完成"}), ("chair", "report_reply", {"reply": "好"})):
        with pytest.raises(OutOfTurn):
            cast.does("chair", case, "settlement")
        cast.does(who, case, move, **given)
    cast.does("chair", case, "settlement")
    assert case.state == "settled" and list(findings()) == []


def test_there_is_no_reply_before_the_report_and_no_second_report(cast):
    case = supervised(cast)
    with pytest.raises(OutOfTurn):
        cast.does("chair", case, "report_reply", reply="好")
    cast.does("unit", case, "report", report="正在清")
    with pytest.raises(OutOfTurn):
        cast.does("unit", case, "report", report="正在清")


def test_through_the_pages_unit_and_chair_read_each_other(cast, visit):
    case = cast.brings("handed_over")
    chair, unit = visit("chair"), visit("unit")
    late = {"reason": "群众反映强烈", "report_due": (today() - timedelta(days=1)).isoformat()}
    page = send(chair, go(chair, f"/cases/{case.number}"), "/supervision", **late)
    assert page.status == 422 and "群众反映强烈" in page.html
    page = send(chair, page, "/supervision", report_due=today().isoformat())
    assert page.status == 200 and "put the case under supervision; water station reports by" in page.text
    assert "supervised" in go(chair, "/ledger").text and f"/cases/{case.number}" in go(unit, "/desk?pile=report").html
    page = go(unit, f"/cases/{case.number}")
    assert "群众反映强烈" in page.text
    assert send(unit, page, "/report", report="请打 13812345678").status == 422
    assert send(unit, page, "/report", report="三天后清完").status == 200
    assert f"/cases/{case.number}" in go(chair, "/desk?pile=reply").html
    assert "三天后清完" in go(chair, f"/cases/{case.number}").text
    assert send(chair, go(chair, f"/cases/{case.number}"), "/report_reply", reply="三天后再看").status == 200
    assert "三天后再看" in go(unit, f"/cases/{case.number}").text and not go(unit, "/desk?pile=report").offers("/report")


def test_it_can_be_supervised_again(cast):
    case = supervised(cast)
    cast.does("unit", case, "report", report="正在清")
    cast.does("chair", case, "report_reply", reply="太慢")
    cast.does("chair", case, "supervision", reason="仍未办", report_due=today())
    assert case.supervised == 2 and len(supervision.of(case)) == 2 and supervision.open_of(case).reason == "仍未办"


def test_the_unit_that_gets_it_after_a_return_owes_the_report(cast):
    case = supervised(cast, "handed_over")
    cast.does("unit", case, "return", reason="不归我们", better=None)
    cast.does("chair", case, "handover", unit=cast.unit("roads"), due=today() + timedelta(days=9), summary="路")
    with pytest.raises(OutOfTurn):
        cast.does("unit", case, "report", report="x")
    cast.does("unit2", case, "report", report="我们来办")
    assert supervision.open_of(case).unit.code == "roads"


def test_a_case_that_lost_its_unit_is_not_stuck(cast):
    case = supervised(cast, "handed_over")
    cast.does("unit", case, "return", reason="不归我们", better=None)
    cast.does("deputy", case, "on_the_spot", text="说明了", language="zh")
    cast.does("chair", case, "report", report="单位已退办，代表当场说明")
    cast.does("chair", case, "report_reply", reply="可以")
    assert supervision.of(case)[0].recorded and supervision.open_of(case) is None


def test_the_timeline_names_the_recipient_and_the_resident_reads_no_note(app, cast, visit):
    from fieldapp.slips.codes import code_of, pool_for

    case = supervised(cast)
    cast.does("unit", case, "report", report="内部报告内容")
    cast.does("deputy", case, "slip", slip=pool_for(cast["deputy"])[0])
    page = go(visit(), f"/s/{code_of(case.slip)}?lang=en")
    assert "The congress supervises water station in this matter." in page.text
    assert "群众反映强烈" not in page.html and "内部报告内容" not in page.html
    entry = next(entry for entry in journal.of(case.thing) if entry.act == "supervision")
    assert entry.facts["unit"] == cast.unit().id and entry.facts["supervised"] == 1


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_the_notice_tells_nothing_of_who_complained(cast, visit, lang):
    from fieldapp.cases import contacts

    case = supervised(cast, narrative="秘密的原话")
    contacts.seal_contact(case, {"name": "甲乙丙", "phone": "0998-000-0199", "share_with_unit": True, "chair_only": False})
    db.session.commit()
    page = go(visit("chair", lang), f"/cases/{case.number}/supervision-notice")
    assert page.status == 200 and "群众反映强烈" in page.text
    assert "秘密的原话" not in page.html and "甲乙丙" not in page.html and "0998-000-0199" not in page.html
    assert go(visit("unit", lang), f"/cases/{case.number}").status == 200
    assert go(visit("stranger", lang), f"/cases/{case.number}/supervision-notice").status == 404
