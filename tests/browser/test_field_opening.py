"""How the app opens: without signal, light, quick, readable in the sun."""

import json
import re
import urllib.request

import pytest

from tests.browser.field_station import sign_in
from tests.browser.handset import ready
from tests.browser.inspection import in_the_sun

FAR_TOO_LONG = 5000


def test_the_app_opens_without_signal_in_the_language_chosen(handset, station):
    page = ready(handset, station)
    page.goto(f"{station.url}/field?lang=ug")
    page.wait_for_function("document.documentElement.lang === 'ug'")
    station.stop()
    for path in ("/field", "/field/new"):
        page.goto(station.url + path)
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ug", "rtl"]
    page.wait_for_selector("[name=category]", state="attached")


def test_everything_the_app_needs_weighs_no_more_than_120_kilobytes(standing_station):
    station, whole = standing_station, 0
    files = files_of(station)
    assert len(files) > 30 and any("/qr-" in path for path in files)
    for path in [*files, "/field/worker.js?module", "/field/manifest.webmanifest"]:
        with urllib.request.urlopen(urllib.request.Request(station.url + path, headers={"Accept-Encoding": "br, gzip"})) as answer:
            whole += len(answer.read()) + len(str(answer.headers))
    assert whole <= 120_000


def test_what_is_unchanged_is_not_fetched_again(handset, station):
    page = ready(handset, station)
    fetched = []
    handset.on("request", lambda request: not request.service_worker and fetched.append(request))
    page.goto(f"{station.url}/field/new")
    page.wait_for_selector("field-form[data-ready]")
    page.wait_for_timeout(500)
    answers = [request.response() for request in fetched if request.url.endswith((".js", ".css"))]
    assert len(answers) > 20 and [answer.url for answer in answers if not answer.from_service_worker] == []


def files_of(station) -> list[str]:
    with urllib.request.urlopen(f"{station.url}/field/worker.js") as answer:
        lists = re.findall(r"const (?:FILES|DECODER) = (\{.*?\});", answer.read().decode())
        return [path for found in lists for path in json.loads(found)]


def test_it_opens_without_signal_ready_to_type_on_a_slow_phone(handset, station, record_property):
    """A second is the aim; how long it took is told, since machines differ."""
    page = ready(handset, station)
    station.stop()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    painted = []
    for _ in range(5):
        page.goto(f"{station.url}/field/new", wait_until="commit")
        page.wait_for_selector("textarea[name=narrative]")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        painted.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    print(f"ready to type after {sorted(painted)[2]:.0f} ms, four times slowed down")
    record_property("ready_to_type_ms", round(sorted(painted)[2]))
    # What else the machine does makes some of them slower, and none quicker.
    assert min(painted) <= FAR_TOO_LONG, painted


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_it_can_be_read_in_the_sun_and_fits_320_pixels(screens, standing_station, lang):
    page = screens({"width": 320, "height": 740}, lang)
    sign_in(page, standing_station.url, lang=lang)
    for path in ("/field", "/field/new"):
        page.goto(standing_station.url + path)
        page.wait_for_selector("unsent-pill:visible")
        assert in_the_sun(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
