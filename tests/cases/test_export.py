"""The ledger and the month on paper and as XLSX."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine

from fieldapp.cases.case import Case
from fieldapp.database import db, now

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "\t=1"]


def inside(answer) -> str:
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def handed_over(cast, case):
    cast.does("chair", case, "handover", unit=cast.unit(), due=now().date() + timedelta(days=20), summary="渠道淤堵。")
    return case


@pytest.mark.parametrize("address", ["/ledger/print", "/ledger.xlsx", "/month", "/month/print", "/month.xlsx"])
def test_deputies_units_and_administrators_take_nothing_along(app, cast, visit, address):
    assert {visit(account).get(address).status_code for account in ("deputy", "unit", "admin")} == {404}


def test_the_strangers_table_does_not_hold_our_cases(app, cast, visit):
    case = cast.brings("handed_over")
    assert case.number not in visit("stranger").get("/ledger/print").get_data(as_text=True)
    assert case.number not in inside(visit("stranger").get("/ledger.xlsx"))


def test_the_residents_own_words_stay_in_the_house(app, cast, visit):
    case = cast.logs(narrative="邻居家的事")
    paper = visit("chair").get("/ledger/print").get_data(as_text=True)
    assert case.number in paper and "邻居家" not in paper
    assert "邻居家" not in inside(visit("chair").get("/ledger.xlsx"))


def test_formulas_are_typed_as_text(app, cast, visit):
    for words in FORMULAS:
        cast.logs(summary=words)
    book = inside(visit("chair").get("/ledger.xlsx"))
    sheets = book.split("<sheetData>")[1].split("</sheetData>")[0]
    assert "<f>" not in sheets and set(re.findall(r' t="(\w+)"', sheets)) == {"s"} and "=1+1" in book


@pytest.mark.parametrize("month", ["", "0001-01", "9999-12", "2026-13", "x", "1999-12"])
def test_a_month_that_is_none_shows_this_one(app, cast, visit, month):
    assert f"{now():%Y}" in visit("chair").get(f"/month?m={month}").get_data(as_text=True)


def test_a_month_with_nothing_says_so(app, cast, visit):
    assert "Nothing came in this month." in visit("chair").get("/month?m=2020-02").get_data(as_text=True)
    inside(visit("chair").get("/month.xlsx?m=2020-02"))


def test_the_cohort_is_what_was_handed_over_in_the_month(app, cast, visit):
    with time_machine.travel("2026-09-28T04:00:00Z"):
        case = cast.logs()
    with time_machine.travel("2026-10-09T04:00:00Z"):
        handed_over(cast, case)
    with time_machine.travel("2026-11-02T04:00:00Z"):
        september = visit("chair").get("/month?m=2026-09").get_data(as_text=True)
        october = visit("chair").get("/month?m=2026-10").get_data(as_text=True)
    assert "Came in: 1" in september and "0 / 0" in september and "0 / 1" not in september
    assert "Came in: 0" in october and "0 / 1" in october


def test_an_answer_late_in_the_evening_belongs_to_the_sites_day(app, cast, visit):
    with time_machine.travel("2026-10-09T04:00:00Z"):
        case = handed_over(cast, cast.logs())
        cast.does("unit", case, "acceptance", officer=cast["unit"])
    due = db.session.get_one(Case, case.id).due
    with time_machine.travel(f"{due.isoformat()}T15:30:00Z"):
        cast.does("unit", case, "answer", **{"class": "A", "text": "已清淤", "language": "zh"})
        page = visit("chair").get("/month?m=2026-10").get_data(as_text=True)
    assert "On-time rate" in page and "1 / 1" in page.split("On-time rate")[1][:200]


def test_the_month_lists_places_in_the_offices_order_and_leads_to_its_neighbours(app, cast, visit):
    cast.area("v01").names = {"zh": "一村", "ug": "1", "en": "Zoo village"}
    with time_machine.travel("2026-10-09T04:00:00Z"):
        for village in ("v02", "v01"):
            cast.logs(village_id=cast.area(village).id)
    with time_machine.travel("2026-11-02T04:00:00Z"):
        page = visit("chair").get("/month?m=2026-10").get_data(as_text=True)
        assert "?m=2026-09" in page and "?m=2026-11" in page
        assert "?m=2026-12" not in visit("chair").get("/month").get_data(as_text=True)
    assert page.index("Zoo village") < page.index("second village")
