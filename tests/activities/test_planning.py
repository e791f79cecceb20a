"""The office plans a round and changes its plan, without script."""

import pytest

from fieldapp.database import today
from tests import reader
from tests.activities.kept import rounds


@pytest.fixture
def planned(visit, cast):
    """Fills the office's form and sends it."""

    def send(account="clerk", **typed):
        client = visit(account)
        page = reader.visit(client, "/rounds/new")
        form = page.form("/new")
        data = {**form.values, "deputies": [str(cast["deputy"].id)], "village_1": "v01", **typed}
        return reader.read(client.post("/rounds/new", data=data, follow_redirects=True))

    return send


WRONG = {
    "a day that is past": ({"day": "2020-01-01"}, "This day is past."),
    "a day years ahead": ({"day": "2099-01-01"}, "At most a year ahead"),
    "no day": ({"day": "soon"}, "Please give a day of the calendar."),
    "no deputy": ({"deputies": []}, "Please choose at least one deputy."),
    "a village of another township": ({"village_1": "v11"}, "Please choose one of these."),
    "a place without its village": ({"village_2": "", "place_2": "the square"}, "Please choose the village of this stop."),
    "a time that is none": ({"planned_1": "late"}, "Please give a time such as 09:30."),
    "a telephone number in the topic": ({"topic": "call 13899998888"}, "telephone or ID number"),
    "a vehicle's name without end": ({"vehicle": "x" * 41}, "This is too long"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(planned, what):
    typed, sentence = WRONG[what]
    page = planned(**{"topic": "the harvest", **typed})
    assert page.status == 422 and sentence in page.text and rounds() == []
    assert typed.get("topic", "the harvest") in page.html


def test_deputies_and_villages_of_another_township_are_not_offered(planned, cast, visit):
    html = reader.visit(visit("clerk"), "/rounds/new").html
    assert "far village" not in html and "stranger" not in html
    assert planned(deputies=[str(cast["stranger"].id)]).status == 422


def test_one_vehicle_is_on_one_round_a_day(planned):
    planned(vehicle="Car 1")
    page = planned(vehicle="car 1")
    assert page.status == 422 and "This vehicle is out on another round that day" in page.text and len(rounds()) == 1
    assert planned(vehicle="Car 2").status == 200 and planned(vehicle="").status == 200 and planned(vehicle="").status == 200
    assert len(rounds()) == 4


def test_a_planned_round_has_its_stops_in_order_and_says_who_planned_it(planned, cast):
    page = planned(topic="Water", vehicle="Car 1", village_1="v02", planned_1="09:30", village_3="v01", place_3="the square")
    (round,) = rounds()
    assert [(stop.position, stop.village.code, stop.place) for stop in round.stops] == [(1, "v02", ""), (2, "v01", "the square")]
    assert round.code == f"R{today().year}-001" and round.deputies == [cast["deputy"]] and "09:30" in page.text
    assert "clerk planned the round." in page.text and "Water" in page.text


def test_the_same_form_sent_twice_plans_once(visit, cast):
    client = visit("chair")
    form = reader.visit(client, "/rounds/new").form("/new")
    data = {**form.values, "deputies": [str(cast["deputy"].id)], "village_1": "v01"}
    first, second = (client.post("/rounds/new", data=data).location for _time in range(2))
    assert first == second and len(rounds()) == 1


def test_two_who_change_a_plan_at_once_one_wins_and_the_other_keeps_what_they_typed(visit, outing):
    code = outing(days=1, topic="Before").code
    clerk, chair = visit("clerk"), visit("chair")
    of_clerk, of_chair = (reader.visit(client, f"/rounds/{code}/plan") for client in (clerk, chair))
    assert reader.send(chair, of_chair, "/plan", topic="the chair wants").status == 200
    page = reader.send(clerk, of_clerk, "/plan", topic="the clerk wants")
    assert page.status == 409 and "chair changed the round while you were writing" in page.text and "the clerk wants" in page.html
    assert rounds()[0].topic == "the chair wants"
    assert reader.send(clerk, page, "/plan").status == 200 and rounds()[0].topic == "the clerk wants"


def test_a_stop_that_was_reached_stays_when_the_plan_changes(visit, outing, cast):
    round = outing()
    client = visit("clerk")
    reader.send(client, reader.visit(client, f"/rounds/{round.code}"), "/presence")
    page = reader.visit(client, f"/rounds/{round.code}/plan")
    assert page.form("/plan").values["village_1"] == "v02"
    reader.send(client, page, "/plan", village_1="")
    (round,) = rounds()
    assert [(stop.village.code, stop.reached_at is not None) for stop in round.stops] == [("v01", True)]
