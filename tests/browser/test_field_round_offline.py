"""A round without signal: begun, led on and ended on the phone; sent before its cases, each step once."""

from fieldapp.activities import acts
from fieldapp.activities.round import Round
from fieldapp.cases.case import Case
from fieldapp.database import db
from tests.browser.field_station import sign_in, until
from tests.browser.handset import keep, ready, stored
from tests.browser.test_field_round import open_form, plan
from tests.cast import Cast

BEGIN, ANOTHER, END = (f"details[data-step={name}]" for name in ("started", "here", "ended"))


def course(station) -> list[tuple]:
    """Of each round: its acts, its stops, who was heard."""
    with station.app.app_context():
        rounds = db.session.scalars(db.select(Round).order_by(Round.id))
        return [
            (
                [entry.act for entry in acts.journal.of(round.thing)],
                [f"{stop.village.code} {stop.place}".strip() for stop in round.stops if stop.reached_at],
                round.heard,
            )
            for round in rounds
        ]


def belonging(station) -> dict[str, bool]:
    """Of each case: whether it belongs to the round there is."""
    with station.app.app_context():
        codes = set(db.session.scalars(db.select(Round.code)))
        return {case.narrative: case.activity in codes for case in db.session.scalars(db.select(Case))}


def log(page, station, words: str):
    open_form(page, station)
    page.check("[name=category][value=water]")
    page.fill("textarea[name=narrative]", words)
    if not page.input_value("[name=village]"):
        page.select_option("[name=village]", "v01")
    keep(page)


def unfold(page, fold: str, **given):
    page.click(f"{fold} summary")
    for name, value in given.items():
        if name == "village":
            page.select_option(f"{fold} [name=village]", value)
        else:
            page.fill(f"{fold} [name={name}]", value)
    page.click(f"{fold} button")


def at_home(page, station):
    page.goto(f"{station.url}/field")
    page.wait_for_selector("field-round [data-step]:not([hidden])")


def records(page) -> list[dict]:
    return stored(page)["records"]


def steps(page) -> list[str]:
    return [one["step"]["step"] for one in sorted(records(page), key=lambda one: one.get("turn", 0)) if "step" in one]


def test_a_round_that_nobody_planned_is_begun_led_on_and_ended_without_signal(handset, station):
    page = ready(handset, station)
    station.stop()
    at_home(page, station)
    page.click(f"{BEGIN} summary")
    page.click(f"{BEGIN} button")
    page.wait_for_selector(f"{BEGIN} [data-error=village]:visible")
    page.click(f"{BEGIN} summary")
    unfold(page, BEGIN, village="v02", place="square", topic="water")
    until(page, lambda: steps(page) == ["started"], "the beginning is kept")
    until(page, lambda: page.text_content("field-round output"), "the phone says so")
    log(page, station, "at the first stop")
    at_home(page, station)
    unfold(page, ANOTHER, village="v01", place="mill")
    until(page, lambda: steps(page) == ["started", "here"], "the second stop is kept")
    log(page, station, "at the second stop")
    at_home(page, station)
    unfold(page, END, heard="many")
    page.wait_for_selector(f"{END} [data-error=heard]:visible")
    page.fill(f"{END} [name=heard]", "12")
    page.click(f"{END} button")
    until(page, lambda: steps(page) == ["started", "here", "ended"], "the end is kept")
    page.wait_for_selector("field-round form.round", state="hidden")
    assert page.locator("[data-queue] .record").count() == 5
    log(page, station, "on the way home")
    sent = []
    handset.on("request", lambda request: request.method == "POST" and sent.append(request.url.rsplit("/", 1)[1]))
    station.start()
    at_home(page, station)
    until(page, lambda: records(page) == [], "everything is sent")
    assert course(station) == [(["started", "here", "closed"], ["v02 square", "v01 mill"], 12)]
    assert belonging(station) == {"at the first stop": True, "at the second stop": True, "on the way home": False}
    assert sent.index("sync") > max(at for at, what in enumerate(sent) if what == "rounds")
    with station.app.app_context():
        villages = [
            case.village.code for case in db.session.scalars(db.select(Case).where(Case.activity.is_not(None)).order_by(Case.narrative))
        ]
    assert villages == ["v02", "v01"]


def test_of_two_planned_rounds_one_is_chosen_and_begun_without_signal(handset, station):
    first, second = plan(station), plan(station, stops=("v02", "v01"))
    page = ready(handset, station)
    page.wait_for_selector("[data-which]:visible")
    station.stop()
    at_home(page, station)
    page.select_option("[data-which]", second)
    until(
        page,
        lambda: (
            page.evaluate("document.querySelector('#stop').selectedOptions[0].text")
            == page.evaluate("document.querySelector('#stop').options[0].text")
            and second == page.input_value("[data-which]")
        ),
        "drawn",
    )
    assert "Start the round" in page.text_content("form.round button")
    page.click("form.round button")
    until(page, lambda: steps(page) == ["here"], "the beginning is kept")
    open_form(page, station)
    assert (page.input_value("[name=activity]"), page.input_value("[name=village]")) == (second, "v02")
    station.start()
    at_home(page, station)
    until(page, lambda: records(page) == [], "the beginning is sent")
    assert [acts_done for acts_done, _stops, _heard in course(station)] == [["planned"], ["planned", "here"]] and first != second


def test_a_step_whose_answer_is_lost_counts_once_and_its_cases_wait_for_it(handset, station):
    page = ready(handset, station)
    at_home(page, station)
    lost, synced = [], []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    handset.route("**/field/rounds", lose)
    handset.on("request", lambda request: request.url.endswith("/field/sync") and synced.append(len(lost)))
    unfold(page, BEGIN, village="v01", place="")
    until(page, lambda: lost == [201], "the first answer is lost")
    log(page, station, "at the stop")
    until(page, lambda: lost == [201, 200], "the second answer is lost")
    page.goto(f"{station.url}/field")
    until(page, lambda: records(page) == [], "everything is sent")
    assert set(synced) == {2} and belonging(station) == {"at the stop": True}
    assert course(station) == [(["started"], ["v01"], None)]


def test_a_round_called_off_meanwhile_is_told_and_its_case_is_stored_without_it(handset, station):
    plan(station)
    page = ready(handset, station)
    station.stop()
    at_home(page, station)
    page.click("form.round button")
    until(page, lambda: steps(page) == ["here"], "the beginning is kept")
    log(page, station, "nobody told us")
    with station.app.app_context():
        acts.call_off(db.session.scalars(db.select(Round)).one(), Cast()["chair"], "road closed", version=None, once=None)
    station.start()
    at_home(page, station)
    until(page, lambda: {one["state"] for one in records(page)} == {"told", "alone"}, "both are told")
    assert belonging(station) == {"nobody told us": False}
    until(page, lambda: "road closed" in page.text_content("[data-queue]"), "the reason stands there")
    assert "without a round" in page.text_content("[data-queue]")
    for left in (1, 0):
        page.locator("[data-queue] button").first.click()
        until(page, lambda left=left: len(records(page)) == left, "it goes once it was read")


def test_what_one_deputy_did_waits_for_that_deputy(handset, station):
    page = ready(handset, station)
    station.stop()
    at_home(page, station)
    unfold(page, BEGIN, village="v01", place="")
    until(page, lambda: steps(page) == ["started"], "the beginning is kept")
    station.forget_sessions()
    station.start()
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-notice]:visible")
    sign_in(page, station.url, "deputy2")
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-others]:visible")
    until(page, lambda: steps(page) == ["started"], "it waits here")
    assert course(station) == []
