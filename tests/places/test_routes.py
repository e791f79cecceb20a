"""The administrator's pages about places."""

import pytest

from fieldapp import journal
from fieldapp.database import db
from fieldapp.places.calendar import CalendarDay
from fieldapp.places.place import Area, Station, Unit
from tests import reader


@pytest.mark.parametrize("noun", ["areas", "units", "stations", "categories"])
def test_an_empty_form_is_answered_beside_its_fields(visit, noun):
    browser = visit("admin")
    page = reader.visit(browser, f"/places/{noun}/new")
    wrong = reader.send(browser, page, f"/places/{noun}/new", code="Not A Code!", name_en="Kept")
    assert wrong.status == 422 and "Please give the Chinese name." in wrong.text
    assert "Small letters, digits and hyphens, please." in wrong.text
    assert wrong.form(f"/places/{noun}/new").values["name_en"] == "Kept"


def test_a_code_stands_once_in_its_area(visit, cast):
    browser = visit("admin")
    page = reader.visit(browser, "/places/areas/new")
    township = {"parent_id": str(cast.area("here").id), "name_zh": "新村", "code": "v01"}
    assert "This code is taken." in reader.send(browser, page, "/places/areas/new", **township).text
    elsewhere = {**township, "parent_id": str(cast.area("there").id)}
    assert reader.send(browser, page, "/places/areas/new", **elsewhere).status == 200
    village = db.session.execute(db.select(Area).filter_by(parent_id=cast.area("there").id, code="v01")).scalar_one()
    assert village.kind == "village" and village.demonstration and village.names == {"zh": "新村"}


def test_a_form_sent_twice_adds_once(visit, cast):
    browser = visit("admin")
    page = reader.visit(browser, "/places/units/new")
    typed = {"name_zh": "新所", "code": "new", "area_id": str(cast.area("here").id)}
    for _n in range(2):
        assert reader.send(browser, page, "/places/units/new", **typed).status == 200
    unit = db.session.execute(db.select(Unit).filter_by(code="new")).scalar_one()
    assert [(entry.act, entry.actor.account) for entry in journal.of(f"unit:{unit.id}")] == [("added", "admin")]


def test_a_station_keeps_its_hours_in_three_languages(visit, cast):
    browser, station = visit("admin"), cast.station().id
    page = reader.visit(browser, f"/places/stations/{station}")
    reader.send(browser, page, f"/places/stations/{station}", hours_zh="周一", hours_ug="دۈشەنبە", hours_en="Monday")
    row = db.session.get(Station, station, populate_existing=True)
    assert row.hours == {"zh": "周一", "ug": "دۈشەنبە", "en": "Monday"} and row.code == "square"
    assert journal.of(f"station:{station}")[-1].facts == {"changed": ["hours"]}


def test_a_unit_that_takes_no_more_cases_is_kept(visit, cast):
    browser, unit = visit("admin"), cast.unit().id
    form = reader.visit(browser, f"/places/units/{unit}").form(f"/places/units/{unit}")
    del form.values["active"]
    assert browser.post(form.action, data=form.values).status_code == 303
    assert db.session.get(Unit, unit, populate_existing=True).active is False


def test_a_local_holiday_is_entered_seen_and_taken_out(visit, cast):
    browser = visit("admin")
    page = reader.visit(browser, "/places/calendar?year=2026")
    wrong = reader.send(browser, page, "/places/calendar", day="32 May", name_zh="古尔邦节")
    assert wrong.status == 422 and "Please give a day of the calendar." in wrong.text and "Please choose one of these." in wrong.text
    assert wrong.form("/places/calendar").values["name_zh"] == "古尔邦节"
    shown = reader.send(browser, page, "/places/calendar", day="2026-05-27", works="holiday", name_zh="古尔邦节")
    assert "古尔邦节" in shown.text and "27 holiday entered here" in shown.text
    day = db.session.execute(db.select(CalendarDay)).scalar_one()
    assert "as in the national calendar again" in reader.send(browser, shown, f"/calendar/{day.id}/removal").text
    assert db.session.execute(db.select(CalendarDay)).first() is None
    assert [entry.act for entry in journal.of(f"area:{cast.area('county').id}")] == ["calendar_day", "calendar_day_removed"]


def test_a_year_that_is_not_settled_says_so(visit):
    browser = visit("admin")
    assert "provisional" in reader.visit(browser, "/places/calendar?year=2090").text
    assert "provisional" not in reader.visit(browser, "/places/calendar?year=2026").text
    assert reader.visit(browser, "/places/calendar?year=99999").status == 200


def test_an_administrator_of_another_county_sees_none_of_this(visit, cast):
    other = Area(code="other", kind="county", names={"zh": "另一县"}, settings={})
    db.session.add(other)
    db.session.flush()
    cast["admin"].area_id = other.id
    db.session.commit()
    browser = visit("admin")
    assert "here" not in reader.visit(browser, "/places/areas").text
    assert browser.get(f"/places/areas/{cast.area('here').id}").status_code == 404
