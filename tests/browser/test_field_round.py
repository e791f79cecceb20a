"""The round on the phone: today's stop presets the village, and one tap says where the station stands."""

from datetime import timedelta

import pytest

from fieldapp.activities import acts
from fieldapp.activities.round import Round
from fieldapp.cases.case import Case
from fieldapp.database import db, today
from tests.browser.field_station import until
from tests.browser.handset import keep, ready, stored
from tests.cast import Cast


def plan(station, deputies=("deputy",), days: int = 0, stops=("v01", "v02")) -> str:
    """A round of the cast's first township; its code."""
    with station.app.app_context():
        cast = Cast()
        rows = [{"village_id": cast.area(code).id, "place": "", "planned": None} for code in stops]
        given = {"day": today() + timedelta(days=days), "vehicle": None, "topic": "", "deputies": [cast[name] for name in deputies]}
        return acts.plan(cast["chair"], given, rows, None).code


def reached(station) -> list[str]:
    with station.app.app_context():
        return [stop.village.code for round in db.session.scalars(db.select(Round)) for stop in round.stops if stop.reached_at]


def logged(station) -> list[tuple]:
    with station.app.app_context():
        return [(case.village.code, case.activity) for case in db.session.scalars(db.select(Case))]


def open_form(page, station):
    page.goto(f"{station.url}/field/new")
    page.wait_for_selector("field-form[data-ready]")


def test_a_case_logged_without_signal_takes_village_and_round_from_the_stop(handset, station):
    code = plan(station)
    page = ready(handset, station)
    page.wait_for_selector("field-round form:visible")
    station.stop()
    page.goto(f"{station.url}/field")
    page.wait_for_selector("field-round button:visible")
    page.select_option("#stop", index=1)
    page.click("field-round button")
    until(page, lambda: page.text_content("field-round output"), "the tap is kept")
    open_form(page, station)
    assert page.input_value("[name=activity]") == code and page.input_value("[name=village]") == "v02"
    page.check("[name=category][value=water]")
    page.fill("textarea[name=narrative]", "logged at the second stop")
    keep(page)
    station.start()
    page.goto(f"{station.url}/field")
    until(page, lambda: logged(station) == [("v02", code)], "the case is in the round")
    until(page, lambda: reached(station) == ["v02"], "the stop is reported, once")


def test_the_preset_can_be_changed_and_a_draft_keeps_what_was_chosen(handset, station):
    plan(station)
    page = ready(handset, station)
    open_form(page, station)
    assert page.input_value("[name=village]") == "v01"
    page.select_option("[data-stops]", index=1)
    until(page, lambda: page.input_value("[name=village]") == "v02", "the village follows the stop")
    page.select_option("[name=village]", "v01")
    page.select_option("[name=activity]", "")
    page.fill("textarea[name=narrative]", "on the way home")
    until(page, lambda: [one["fields"]["narrative"] for one in stored(page)["records"]] == ["on the way home"], "the draft is kept")
    open_form(page, station)
    assert (page.input_value("[name=activity]"), page.input_value("[name=village]")) == ("", "v01")
    page.check("[name=category][value=water]")
    keep(page)
    until(page, lambda: logged(station) == [("v01", None)], "the case belongs to no round")


def test_a_tap_whose_answer_is_lost_counts_once_and_is_not_sent_under_anothers_name(handset, station):
    plan(station)
    page = ready(handset, station)
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    handset.route("**/field/rounds", lose)
    page.wait_for_selector("field-round button:visible")
    page.click("field-round button")
    until(page, lambda: lost == [201], "the first answer is lost")
    page.goto(f"{station.url}/field")
    until(page, lambda: "here" in (page.text_content("field-round output") or ""), "the phone hears the answer")
    until(page, lambda: reached(station) == ["v01"], "the stop is reported, once")
    with station.app.app_context():
        acts_done = [entry.act for entry in acts.journal.of(db.session.scalars(db.select(Round)).one().thing)]
    assert acts_done == ["planned", "here"]


# At every hour the date of one of the two is not that of the township.
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_townships_whatever_zone_the_phone_is_set_to(station, chromium, zone):
    code = plan(station)
    for days in (-1, 1):
        plan(station, days=days)
    handset = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en", timezone_id=zone)
    page = ready(handset, station)
    open_form(page, station)
    assert page.input_value("[name=activity]") == code
    handset.close()


def test_a_round_of_another_day_is_offered_and_not_preset(handset, station):
    code = plan(station, days=-1)
    page = ready(handset, station)
    page.wait_for_selector("[data-step=started]:visible")
    open_form(page, station)
    assert page.input_value("[name=activity]") == "" and page.locator(f"[name=activity] option[value={code}]").count() == 1
