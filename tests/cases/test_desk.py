"""The desk: piles, and ten alike in one go."""

import re
from datetime import date, timedelta

from fieldapp.cases.case import Case
from fieldapp.database import db, today

LATER = date(2099, 12, 4)


def numbers(page) -> str:
    return page.get_data(as_text=True)


def token(browser) -> str:
    """The page's token against forged forms; a person without a page of ours has the account's."""
    page = browser.get("/account").get_data(as_text=True)
    return re.search(r'name="csrf[-_]token" (?:content|value)="([^"]+)"', page)[1]


def send(browser, name, *cases, **given):
    given = {f"version-{case.number}": case.version for case in cases} | given
    return browser.post(
        f"/desk/{name}",
        data={
            "csrf_token": token(browser),
            "case": [case.number for case in cases],
            "sure": "1",
            "once": "a-key",
            **given,
        },
    )


def fresh(case) -> Case:
    db.session.expire_all()
    return db.session.get_one(Case, case.id)


def test_a_stranger_finds_none_of_our_cases_on_the_desk(app, cast, visit):
    case = cast.brings("handed_over")
    assert case.number not in numbers(visit("stranger").get("/desk"))


def test_a_deputy_and_an_administrator_have_no_desk(app, cast, visit):
    assert {visit(account).get("/desk").status_code for account in ("deputy", "admin")} == {404}


def test_a_unit_reads_the_summary_and_never_the_residents_words(app, cast, visit):
    case = cast.brings("handed_over", narrative="邻居家的事，只说给代表听。")
    page = numbers(visit("unit").get("/desk"))
    assert case.number in page and case.summary in page and "邻居家" not in page


def test_another_unit_does_not_see_the_case(app, cast, visit):
    case = cast.brings("handed_over")
    assert case.number not in numbers(visit("unit2").get("/desk"))


def test_every_pile_opens_for_every_desk(app, cast, visit):
    cast.brings("answered")
    for account in ("clerk", "chair", "unit", "county"):
        for pile in ("new", "returned", "accept", "handle", "late", "soon", "release", "inspect", "tell", "unsolved", "strike", "nonsense"):
            assert visit(account).get(f"/desk?pile={pile}").status_code == 200


def test_a_late_case_lies_on_the_late_pile_alone(app, cast, visit):
    late, other = cast.brings("accepted"), cast.brings("accepted")
    late.due = today() - timedelta(days=1)
    db.session.commit()
    page = numbers(visit("chair").get("/desk?pile=late"))
    assert late.number in page and other.number not in page


def test_only_the_chair_hands_over_many(app, cast, visit):
    case = cast.brings("confirmed")
    assert {send(visit(account), "handover", case).status_code for account in ("clerk", "unit", "county", "deputy")} == {404}


def test_what_is_out_of_reach_is_not_touched(app, cast, visit):
    case = cast.brings("accepted")
    send(visit("stranger"), "due_date", case, due="2099-12-31", reason="harvest")
    assert fresh(case).due == LATER


def test_without_a_choice_the_page_says_so(app, cast, visit):
    assert "No case was selected" in numbers(send(visit("chair"), "urge"))


def test_one_without_a_summary_is_left_and_the_other_is_handed_over(app, cast, visit):
    ready, bare = cast.brings("confirmed", summary="渠道淤堵。"), cast.brings("confirmed")
    page = numbers(send(visit("chair"), "handover", ready, bare, unit=cast.unit().id, speed="ordinary"))
    assert (fresh(ready).state, fresh(bare).state) == ("handed_over", "confirmed")
    assert "no summary yet" in page and ready.number in page


def test_ten_alike_without_a_summary_take_one_and_the_one_that_has_its_own_keeps_it(app, cast, visit):
    own, *bare = cast.brings("confirmed", summary="渠道淤堵。"), cast.brings("confirmed"), cast.brings("confirmed")
    chair, given = visit("chair"), {"unit": cast.unit().id, "speed": "ordinary"}
    assert "Summary for those that have none" in numbers(send(chair, "handover", own, *bare, **given, summary="电话13912345678"))
    assert fresh(own).state == "confirmed"
    send(chair, "handover", own, *bare, **given, summary="三村水渠堵了。")
    assert [(fresh(case).state, fresh(case).summary) for case in (own, *bare)] == [
        ("handed_over", "渠道淤堵。"),
        ("handed_over", "三村水渠堵了。"),
        ("handed_over", "三村水渠堵了。"),
    ]


def test_where_all_have_a_summary_none_is_asked(app, cast, visit):
    page = numbers(send(visit("chair"), "handover", cast.brings("confirmed", summary="渠道淤堵。")))
    assert "Summary for those" not in page


def test_the_desk_searches_the_ledger_of_those_who_have_one(app, visit):
    assert {account: 'action="/ledger"' in numbers(visit(account).get("/desk")) for account in ("chair", "unit")} == {
        "chair": True,
        "unit": False,
    }


def test_no_unit_is_chosen_before_somebody_chooses(app, cast, visit):
    case, chair = cast.brings("confirmed", summary="渠道淤堵。"), visit("chair")
    assert send(chair, "handover", case, unit="", speed="ordinary").status_code == 422
    assert fresh(case).state == "confirmed"


def test_the_same_form_sent_twice_urges_once(app, cast, visit):
    case, chair = cast.brings("accepted"), visit("chair")
    send(chair, "urge", case)
    version = fresh(case).version
    send(chair, "urge", case)
    assert fresh(case).version == version


def test_a_due_date_in_the_past_is_refused_and_the_reason_kept(app, cast, visit):
    case = cast.brings("accepted")
    answer = send(visit("chair"), "due_date", case, due="2020-01-01", reason="harvest first")
    assert answer.status_code == 422 and "harvest first" in numbers(answer) and fresh(case).due == LATER


def test_one_changed_meanwhile_is_not_overwritten(app, cast, visit):
    case = cast.brings("accepted")
    stale = {f"version-{case.number}": case.version - 1}
    page = numbers(send(visit("chair"), "due_date", case, due="2099-12-31", reason="harvest", **stale))
    assert "changed" in page and fresh(case).due == LATER


def test_a_summary_with_a_number_that_came_by_phone_goes_to_no_unit_with_the_many(cast, visit):
    """The phone's words are kept as they came; what a unit will read is looked at once more."""
    number, plain = cast.logs(summary="渠道淤堵，打１３８ 1234 5678"), cast.logs(summary="渠道淤堵。")
    chair = visit("chair")
    chosen = {"case": [number.number, plain.number], "unit": str(cast.unit().id), "speed": "urgent", "sure": "1"}
    page = send_many(chair, chosen, [number, plain])
    assert page.status_code == 200 and "open it and take that out" in page.text
    db.session.expire_all()
    assert (number.state, plain.state) == ("confirmed", "handed_over")


def send_many(browser, chosen, cases):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/cases/new").text)[1]
    versions = {f"version-{case.number}": str(case.version) for case in cases}
    return browser.post("/desk/handover", data={**chosen, **versions, "csrf_token": token})
