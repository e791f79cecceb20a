"""The ledger: filters, pages by key, and words."""

import pytest

from fieldapp.cases import ledger, listing


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_stranger_finds_nothing_by_any_way(app, cast, visit):
    case = cast.brings("handed_over")
    browser = visit("stranger")
    for query in ("", f"q={case.number}", "q=渠道", f"village={case.village_id}", "state=handed_over"):
        assert f"/cases/{case.number}" not in text(browser.get(f"/ledger?{query}"))


def test_a_unit_and_an_administrator_have_no_ledger(app, cast, visit):
    assert {visit(account).get("/ledger").status_code for account in ("unit", "admin")} == {404}


def test_a_deputy_sees_the_own_cases_alone(app, cast, visit):
    own, other = cast.logs("deputy"), cast.logs("deputy2")
    page = text(visit("deputy").get("/ledger"))
    assert own.number in page and other.number not in page


@pytest.mark.parametrize(
    "query",
    [
        "village=99999999999999999999",
        "after=99999999999999999999",
        "before=-1",
        "unit=x",
        "light=blue",
        "state=nowhere",
        "q=%00",
        "q=%F0%9F%8C%BE",
        "q='+OR+1=1",
        "q=%25",
        "category=1e9",
    ],
)
def test_nonsense_in_the_address_is_no_error(app, cast, visit, query):
    cast.logs()
    text(visit("chair").get(f"/ledger?{query}"))


def test_filters_by_state_light_village_and_unit(app, cast, visit):
    here = cast.brings("accepted")
    there = cast.logs(village_id=cast.area("v02").id)
    chair = visit("chair")
    for query in ("state=accepted", "light=green", f"village={here.village_id}", f"unit={here.unit_id}"):
        page = text(chair.get(f"/ledger?{query}"))
        assert here.number in page and there.number not in page


def test_a_deep_page_goes_on_where_the_last_one_ended_both_ways(app, cast, visit, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    cases = [cast.logs() for _ in range(5)]
    chair = visit("chair")
    second = text(chair.get(f"/ledger?before={cases[3].id}"))
    assert [case.number in second for case in cases] == [False, True, True, False, False]
    back = text(chair.get(f"/ledger?after={cases[2].id}"))
    assert [case.number in back for case in cases] == [False, False, False, True, True]


def test_counts_stop_where_more_says_no_more(app, cast, visit, monkeypatch):
    monkeypatch.setattr(ledger, "MOST_COUNTED", 2)
    for _ in range(2):
        cast.logs()
    assert "2 cases" in text(visit("chair").get("/ledger"))
    cast.logs()
    assert "2+ cases" in text(visit("chair").get("/ledger"))
    assert "\u20662+\u2069" in text(visit("chair", lang="ug").get("/ledger"))
