"""What a phone without room, a phone that clears up, and a browser that keeps nothing do to what was typed."""

from tests.browser.field_station import sign_in, until
from tests.browser.handset import keep, new_case, picture, ready, stored

FORGETFUL = "Object.defineProperty(window, 'indexedDB', { value: undefined }); delete Navigator.prototype.serviceWorker;"
APPLE = "Object.defineProperty(Navigator.prototype, 'standalone', { get: () => false });"
# What Chromium does when its quota is used up: the browser itself notices only
# after half a minute that a quota has shrunk, which is too long for a test.
FULL = """void (() => {
  const real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...key) {
    if (%s) throw new DOMException("full", "QuotaExceededError");
    return real.call(this, value, ...key);
  };
})()"""
FULL_FOR_PHOTOS = FULL % 'this.name === "photos"'
FULL_FOR_ALL = FULL % "true"
ASKED = "window.asked = 0; navigator.storage.persist = async () => { window.asked += 1; return true; };"


def test_a_full_phone_says_so_and_loses_nothing_that_was_typed(handset, station):
    page = ready(handset, station)
    new_case(page, station.url, "typed before")
    page.evaluate(FULL_FOR_PHOTOS)
    page.set_input_files("[name=photos]", picture())
    until(page, lambda: "no room left" in page.inner_text("[data-status]"), "the sentence")
    assert stored(page)["photos"] == 0 and page.locator(".thumbnail").count() == 0
    assert page.input_value("textarea[name=narrative]") == "typed before"
    page.goto(f"{station.url}/field/new")
    page.wait_for_selector("field-form[data-ready]")
    assert page.input_value("textarea[name=narrative]") == "typed before"
    page.set_input_files("[name=photos]", picture())
    page.wait_for_selector(".thumbnail")
    keep(page)
    until(page, lambda: [case["photos"] for case in station.cases()] == [[True]], "it arrives whole")


def test_little_room_is_told_before_photos_are_taken(handset, station):
    handset.add_init_script("navigator.storage.estimate = async () => ({ quota: 40e6, usage: 9e6 })")
    page = ready(handset, station)
    page.wait_for_selector("[data-short]:visible")
    assert "31 MB" in page.inner_text("[data-short]")
    page.goto(f"{station.url}/field/new")
    until(page, lambda: "31 MB" in page.inner_text("[data-status]"), "the form says it too")


def test_what_could_not_be_kept_stays_a_draft(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    until(page, lambda: stored(page)["records"], "the draft is kept")
    page.click("[data-go-on]")
    page.evaluate(FULL_FOR_ALL)
    page.wait_for_timeout(700)
    page.click("[data-keep]")
    until(page, lambda: "no room left" in page.inner_text("[data-status]"), "the sentence")
    assert [one["state"] for one in stored(page)["records"]] == ["draft"]
    assert page.locator("[data-slip]").is_hidden() and page.locator("textarea[name=narrative]").is_visible()


def test_to_stay_is_asked_for_once_and_the_room_is_shown(handset, station):
    handset.add_init_script(ASKED)
    page = ready(handset, station)
    station.stop()
    for asked in (1, 0):
        new_case(page, station.url)
        assert page.evaluate("window.asked") == 0
        keep(page)
        until(page, lambda asked=asked: page.evaluate("window.asked") == asked, "it is asked, or not")
        page.wait_for_timeout(200)
        assert page.evaluate("window.asked") == asked
    page.goto(f"{station.url}/field")
    until(page, lambda: "B" in page.inner_text("[data-room]"), "the room is shown")


def test_a_phone_that_clears_after_a_week_warns_before(handset, station):
    handset.add_init_script(APPLE)
    page = ready(handset, station)
    station.stop()
    page.wait_for_selector("[data-cleared]:visible")
    new_case(page, station.url)
    keep(page)
    page.goto(f"{station.url}/field")
    until(page, lambda: "Not yet sent: 1. This phone clears" in page.inner_text("[data-cleared]"), "the warning")


def test_a_browser_that_keeps_nothing_sends_elsewhere_and_still_logs_with_signal(handset, station):
    handset.add_init_script(FORGETFUL)
    page = handset.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, station.url)
    page.goto(f"{station.url}/field")
    assert page.locator("[data-elsewhere] svg").is_visible() and page.locator("unsent-pill").is_hidden()
    page.goto(f"{station.url}/field/new")
    page.wait_for_selector("[data-aside]:visible")
    page.check("[name=category][value=water]")
    page.select_option("[name=village]", "v01")
    page.fill("textarea[name=narrative]", "with signal")
    page.click("[data-go-on]")
    page.wait_for_url("**/slip")
    assert [case["narrative"] for case in station.cases()] == ["with signal"]
    page.goto(f"{station.url}/field")
    page.click("sign-out button")
    page.wait_for_url("**/sign-in*")
    assert errors == []
