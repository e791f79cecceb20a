"""What a phone goes through between two keystrokes: a dead battery, an update, a wrong clock."""

import os
import signal
from pathlib import Path

import pytest

from tests.browser.field_station import sign_in, until
from tests.browser.handset import WORDS, keep, new_case, read_back, ready, stored
from tests.browser.inspection import in_the_sun
from tests.chromium import lasting

YEARS = 10 * 365 * 86_400_000
CLOCK = """(() => {
  const Real = Date, wrong = %d;
  self.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Real.now() + wrong])); }
    static now() { return Real.now() + wrong; }
  };
})()"""
UPDATE = """async () => {
  const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  await navigator.serviceWorker.register("/field/worker.js?module&edition=2", { scope: "/field", type: "module" });
  await changed;
}"""
TAGS = "async () => { const { sync } = await navigator.serviceWorker.ready; return sync ? sync.getTags() : ['field-send']; }"


def kill(folder: Path):
    """Signal 9 for every process of the browser that lives in this folder."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"--user-data-dir={folder}".encode() in entry.read_bytes():
                os.kill(int(entry.parent.name), signal.SIGKILL)
        except (OSError, ProcessLookupError):
            continue


def test_a_browser_killed_between_two_keystrokes_gives_the_draft_back(tmp_path, station):
    folder = tmp_path / "browser"
    handset = lasting(folder)
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url, "half a sentence")
    until(page, lambda: [one["fields"]["narrative"] for one in stored(page)["records"]] == ["half a sentence"], "the draft is kept")
    kill(folder)
    handset = lasting(folder)
    page = handset.new_page()
    page.goto(f"{station.url}/field/new")
    page.wait_for_selector("field-form[data-ready]")
    assert page.input_value("textarea[name=narrative]") == "half a sentence"
    keep(page)
    station.start()
    # The sign-in ended with the browser; what was kept did not.
    sign_in(page, station.url)
    until(page, lambda: [case["narrative"] for case in station.cases()] == ["half a sentence"], "it arrives")
    handset.close()


def test_an_update_of_the_app_between_two_keystrokes_changes_no_word(handset, station):
    page = ready(handset, station)
    new_case(page, station.url, "half a")
    page.evaluate(UPDATE)
    page.locator("textarea[name=narrative]").press_sequentially(" sentence")
    until(page, lambda: [one["fields"]["narrative"] for one in stored(page)["records"]] == ["half a sentence"], "the draft is kept")
    page.reload()
    page.wait_for_selector("field-form[data-ready]")
    assert page.input_value("textarea[name=narrative]") == "half a sentence"
    keep(page)
    until(page, lambda: [case["narrative"] for case in station.cases()] == ["half a sentence"], "it arrives once")


@pytest.mark.parametrize("wrong", [YEARS, -YEARS], ids=["ten years ahead", "ten years behind"])
def test_a_clock_wrong_by_years_delays_and_loses_nothing(handset, station, wrong):
    handset.add_init_script(CLOCK % wrong)
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    keep(page)
    until(page, lambda: stored(page)["records"][0].get("last"), "the first try fails")
    station.start()
    page.goto(f"{station.url}/field")
    until(page, lambda: [case["narrative"] for case in station.cases()] == [WORDS], "it is sent")


def test_a_clock_put_right_after_keeping_still_sends(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    page.evaluate(f"void {CLOCK % YEARS}")
    keep(page)
    until(page, lambda: stored(page)["records"][0].get("last"), "the first try fails")
    station.start()
    page.goto(f"{station.url}/field")
    until(page, lambda: [case["narrative"] for case in station.cases()] == [WORDS], "it is sent though its turn is years away")


def test_the_browser_is_asked_to_send_in_the_background(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    keep(page)
    until(page, lambda: page.evaluate(TAGS) == ["field-send"], "the browser will send when the signal is back")


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_what_is_read_back_can_be_read_in_the_sun(screens, standing_station, lang):
    page = screens({"width": 320, "height": 740}, lang)
    sign_in(page, standing_station.url, lang=lang)
    page.goto(f"{standing_station.url}/field?lang={lang}")
    new_case(page, standing_station.url)
    read_back(page)
    assert in_the_sun(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
