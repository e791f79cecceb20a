"""Limits: the county sets them, a township may shorten, kind and category choose."""

import pytest

from fieldapp.database import db
from fieldapp.places import limits
from tests import reader


def test_limits_are_numbers_in_their_order(visit, cast):
    browser = visit("admin")
    page = reader.visit(browser, "/places/limits")
    wrong = reader.send(browser, page, "/places/limits", urgent="20", ordinary="5", complex="many", erase_after="3")
    assert wrong.status == 422
    for sentence in ("may not be due before an urgent one", "Please give a whole number.", "A number from 7 to 90, please."):
        assert sentence in wrong.text
    assert wrong.form("/places/limits").values["urgent"] == "20"


def test_the_countys_limits_hold_in_its_townships(visit, cast):
    browser = visit("admin")
    page = reader.visit(browser, "/places/limits")
    assert page.form("/places/limits").values["ordinary"] == "15"
    reader.send(browser, page, "/places/limits", urgent="2", ordinary="10", erase_after="14")
    here = cast.area("here")
    assert limits.of(here) == {"urgent": 2, "ordinary": 10, "complex": 30}
    assert here.setting("erase_after", 30) == 14


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ordinary": "16"}, "A township may shorten the county's limit of 15 working days, not lengthen it."),
        ({"urgent": "4"}, "A township may shorten the county's limit of 3 working days, not lengthen it."),
        ({"ordinary": "2"}, "An ordinary matter may not be due before an urgent one."),
        ({"ordinary": "0"}, "A number from 1 to 365, please."),
        ({"complex": "soon"}, "Please give a whole number."),
    ],
)
def test_a_township_may_not_lengthen_nor_mix_up(visit, cast, typed, sentence):
    browser = visit("admin")
    page = reader.visit(browser, "/places/limits/here")
    wrong = reader.send(browser, page, "/places/limits/here", **typed)
    assert wrong.status == 422 and sentence in wrong.text
    assert limits.of(cast.area("here")) == limits.LIMITS


def test_a_township_shortens_and_its_neighbour_does_not_feel_it(visit, cast):
    browser = visit("admin")
    page = reader.visit(browser, "/places/limits/here")
    assert "The county has 15." in page.text
    reader.send(browser, page, "/places/limits/here", ordinary="7")
    assert limits.of(cast.area("here")) == {"urgent": 3, "ordinary": 7, "complex": 30}
    assert limits.of(cast.area("there")) == limits.LIMITS
    assert "ordinary 7" in reader.visit(browser, "/places/limits").text


def test_the_county_that_shortens_below_a_township_is_followed(cast):
    here, county = cast.area("here"), cast.area("county")
    here.settings, county.settings = {"limits": {"ordinary": 7}}, {"limits": {"urgent": 2, "ordinary": 5, "complex": 9}}
    db.session.commit()
    assert limits.of(here) == {"urgent": 2, "ordinary": 5, "complex": 9}


def test_an_administrator_of_a_township_sees_its_own_page_alone(visit, cast):
    cast["admin"].area_id = cast.area("here").id
    db.session.commit()
    browser = visit("admin")
    page = reader.visit(browser, "/places/limits")
    assert "The county has 15." in page.text and not page.form("/places/limits").values.get("erase_after")
    assert browser.get("/places/limits/there").status_code == 404
    reader.send(browser, page, "/places/limits", urgent="1")
    assert limits.of(cast.area("here"))["urgent"] == 1


def test_what_is_usual_for_kind_and_category_begins_the_handover_and_the_residents_clock(visit, cast):
    browser = visit("admin")
    page = reader.visit(browser, "/places/limits")
    wrong = reader.send(browser, page, "/places/limits", **{"kinds-criticism": "at once"})
    assert wrong.status == 422 and "Please choose one of these." in wrong.text
    reader.send(browser, page, "/places/limits", **{"categories-roads": "complex", "kinds-criticism": "urgent"})
    roads = cast.logs(category_id=cast.category("roads").id)
    assert roads.resident_limit == 30
    assert reader.visit(visit("chair"), f"/cases/{roads.number}").form("/handover").values["speed"] == "complex"
    faster = cast.logs(category_id=cast.category("roads").id, kind="criticism")
    assert faster.resident_limit == 3
    assert cast.logs().resident_limit == 15
