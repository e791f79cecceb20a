"""The deputy's phone in a real browser, against the real server, which goes away and comes back."""

import io
import json
import re
import urllib.request

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.field_station import BROWSER, CHROMIUM, Station, sign_in, until

WORDS = "三号条田渠道淤堵，浇不上水。"
STORED = """async () => {
  const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const db = await result(indexedDB.open("field"));
  const found = {};
  for (const name of db.objectStoreNames) {
    found[name] = await result(db.transaction(name).objectStore(name).getAll());
  }
  db.close();
  const all = [found, { ...localStorage }, { ...sessionStorage }].map((part) => JSON.stringify(part)).join();
  return { records: found.records, photos: found.photos.length, all };
}"""


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def station(tmp_path):
    station = Station(tmp_path)
    station.start()
    yield station
    station.stop()


@pytest.fixture
def handset(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def ready(handset, station, account="deputy"):
    """A page of the app, signed in, with everything kept for later."""
    page = handset.new_page()
    sign_in(page, station.url, account)
    page.goto(f"{station.url}/field")
    page.evaluate("navigator.serviceWorker.ready")
    until(page, lambda: page.evaluate("caches.open('field').then((c) => c.keys()).then((k) => k.length)") > 20, "the app is on the phone")
    until(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"), "the worker has the page")
    return page


def new_case(page, url, words=WORDS):
    page.goto(f"{url}/field/new")
    page.wait_for_selector("field-form[data-ready]")
    page.check("[name=category][value=water]")
    page.select_option("[name=village]", "v01")
    page.fill("textarea[name=narrative]", words)


def keep(page):
    page.click("button[type=submit]:visible")
    page.wait_for_selector("[data-slip]:visible")


def picture() -> dict:
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CANARY CAMERA"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(photo, "JPEG", exif=exif)
    return {"name": "field.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}


def stored(page):
    return page.evaluate(STORED)


def test_a_case_with_photo_contact_and_slip_logged_without_signal_arrives_once(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    page.set_input_files("[name=photos]", picture())
    page.wait_for_selector(".thumbnail")
    page.click("[data-contact] summary")
    page.fill("[name=contact_phone]", "13899998888")
    keep(page)
    assert page.locator(".slip__code").is_visible()
    serial = page.inner_text("[data-serial]")
    kept = stored(page)
    assert kept["photos"] == 1 and "13899998888" not in kept["all"] and "CANARY" not in kept["all"]
    station.start()
    page.goto(f"{station.url}/field")
    until(page, lambda: station.cases() and station.cases()[0]["photos"] == [True], "the photo is verified")
    (case,) = station.cases()
    assert (case["narrative"], case["serial"], case["contact"], case["author"]) == (WORDS, serial, True, "deputy")
    until(page, lambda: stored(page)["records"] == [], "the phone lets the record go")
    assert stored(page)["photos"] == 0


def test_words_typed_before_the_tab_was_closed_are_back_without_signal(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url, "half a sentence")
    page.wait_for_function("document.querySelector('[data-status]').textContent !== ''")
    page.close()
    page = handset.new_page()
    page.goto(f"{station.url}/field/new")
    page.wait_for_selector("field-form[data-ready]")
    assert page.input_value("textarea[name=narrative]") == "half a sentence"
    assert page.is_checked("[name=category][value=water]") and page.input_value("[name=village]") == "v01"


def test_a_reply_lost_after_the_commit_doubles_nothing(handset, station):
    page = ready(handset, station)
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    handset.route("**/field/sync", lose)
    new_case(page, station.url)
    keep(page)
    until(page, lambda: lost, "the first try")
    page.goto(f"{station.url}/field")
    until(page, lambda: stored(page)["records"] == [], "the phone hears the answer", 40)
    assert lost == [201, 200] and len(station.cases()) == 1


def test_two_tabs_send_every_record_once(handset, station):
    one = ready(handset, station)
    station.stop()
    for number in range(3):
        new_case(one, station.url, f"matter {number}")
        keep(one)
    sent = []
    handset.on("request", lambda request: request.url.endswith("/field/sync") and sent.append(request.url))
    two = handset.new_page()
    two.goto(f"{station.url}/field")
    one.goto(f"{station.url}/field")
    station.start()
    sent.clear()
    one.evaluate("dispatchEvent(new Event('online'))")
    two.evaluate("dispatchEvent(new Event('online'))")
    until(one, lambda: stored(one)["records"] == [], "all is sent")
    assert sorted(case["narrative"] for case in station.cases()) == ["matter 0", "matter 1", "matter 2"]
    assert len(sent) == 3


def test_a_session_that_ended_keeps_the_queue_until_the_same_person_signs_in(handset, station):
    page = ready(handset, station)
    station.forget_sessions()
    new_case(page, station.url)
    keep(page)
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-notice]:visible")
    assert len(stored(page)["records"]) == 1 and station.cases() == []
    sign_in(page, station.url)
    until(page, lambda: len(station.cases()) == 1, "it is sent after signing in")


def test_one_deputys_queue_never_goes_under_anothers_name(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    keep(page)
    station.start()
    station.forget_sessions()
    sign_in(page, station.url, "deputy2")
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-others]:visible")
    assert WORDS not in page.inner_text("main")
    page.click("unsent-pill a")
    assert station.cases() == [] and len(stored(page)["records"]) == 1
    station.forget_sessions()
    sign_in(page, station.url, "deputy")
    until(page, lambda: [case["author"] for case in station.cases()] == ["deputy"], "sent under its author's name")


def test_a_refused_record_waits_with_its_sentence_and_is_corrected(handset, station):
    page = ready(handset, station)
    new_case(page, station.url)
    page.fill("[name=slip]", wrong_digit(serial_that_fits(page)))
    page.click("button[type=submit]:visible")
    page.wait_for_selector("[data-error=slip]:visible")
    page.fill("[name=slip]", serial_that_fits(page))
    keep(page)
    page.goto(f"{station.url}/field")
    page.wait_for_selector(".record--attention")
    page.click(".record--attention a")
    page.wait_for_selector("[data-error=slip]:visible")
    page.fill("[name=slip]", "")
    keep(page)
    until(page, lambda: len(station.cases()) == 1, "the corrected record arrives")


def serial_that_fits(page) -> str:
    fits = "(m) => [...'0123456789'].map((n) => '9999-99' + n).find(m.slipFits)"
    return page.evaluate(f"import('/static/js/field/numbers.js').then({fits})")


def wrong_digit(serial: str) -> str:
    return serial[:-1] + str((int(serial[-1]) + 1) % 10)


def test_the_app_opens_without_signal_in_the_language_chosen(handset, station):
    page = ready(handset, station)
    page.goto(f"{station.url}/field?lang=ug")
    page.wait_for_function("document.documentElement.lang === 'ug'")
    station.stop()
    for path in ("/field", "/field/new"):
        page.goto(station.url + path)
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ug", "rtl"]
    page.wait_for_selector("[name=category]", state="attached")


def test_words_with_a_telephone_number_ask_once(handset, station):
    page = ready(handset, station)
    new_case(page, station.url, "call 138 9999 8888")
    page.click("button[type=submit]:visible")
    page.click("[data-warning] button")
    page.wait_for_selector("[data-slip]:visible")
    until(page, lambda: len(station.cases()) == 1, "it arrives as it was typed")


def test_everything_the_app_needs_weighs_no_more_than_120_kilobytes(station):
    files, whole = files_of(station), 0
    assert len(files) > 40
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
        return list(json.loads(re.search(r"const FILES = (\{.*?\});", answer.read().decode())[1]))


def test_the_slip_on_the_screen_is_read_by_another_phone(handset, station):
    page = ready(handset, station)
    new_case(page, station.url)
    keep(page)
    image = Image.open(io.BytesIO(page.screenshot()))
    (code,) = zxingcpp.read_barcodes(image)
    until(page, lambda: station.cases(), "the case arrives")
    assert code.text == station.address()


def test_the_contact_sealed_on_the_phone_opens_at_the_station(handset, station):
    page = ready(handset, station)
    new_case(page, station.url)
    page.click("[data-contact] summary")
    page.fill("[name=contact_name]", "甲")
    page.fill("[name=contact_phone]", "13899998888")
    page.check("[name=share_with_unit]")
    keep(page)
    until(page, lambda: station.cases(), "the case arrives")
    assert station.contact() == {"name": "甲", "phone": "13899998888", "share_with_unit": True, "chair_only": False}


def test_a_photo_cut_off_half_way_goes_on_where_it_was(handset, station):
    page = ready(handset, station)
    cut = []

    def break_line(route):
        if route.request.method == "PUT" and not cut and not route.request.headers["content-range"].startswith("bytes 0-"):
            cut.append(route.request.headers["content-range"])
            return route.abort()
        return route.continue_()

    handset.route("**/field/attachments/*", break_line)
    ranges = []
    handset.on("request", lambda request: request.method == "PUT" and ranges.append(request.headers["content-range"]))
    new_case(page, station.url)
    page.set_input_files("[name=photos]", picture())
    page.wait_for_selector(".thumbnail")
    keep(page)
    until(page, lambda: cut, "the line breaks")
    page.goto(f"{station.url}/field")
    until(page, lambda: station.cases()[0]["photos"] == [True], "the photo is whole", 40)
    assert sum(one.startswith("bytes 0-") for one in ranges) == 1 and len(ranges) >= 3


def test_it_opens_without_signal_ready_to_type_within_a_second_on_a_slow_phone(handset, station):
    page = ready(handset, station)
    station.stop()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    painted = []
    for _ in range(5):
        page.goto(f"{station.url}/field/new", wait_until="commit")
        page.wait_for_selector("textarea[name=narrative]")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        painted.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    assert sorted(painted)[2] <= 1000, painted


def test_words_typed_before_the_script_is_ready_are_kept(handset, station):
    page = ready(handset, station)
    page.goto(f"{station.url}/field/new", wait_until="commit")
    page.fill("textarea[name=narrative]", "early words")
    page.wait_for_selector("field-form[data-ready]")
    until(page, lambda: [one["fields"]["narrative"] for one in stored(page)["records"]] == ["early words"], "they are kept")


def test_signing_out_warns_while_something_is_unsent_and_loses_nothing(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    keep(page)
    page.goto(f"{station.url}/field")
    page.wait_for_selector(".record--kept")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("sign-out button")
    until(page, lambda: asked, "the warning")
    assert "1" in asked[0] and len(stored(page)["records"]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_it_can_be_read_in_the_sun_and_fits_320_pixels(chromium, station, lang, scheme):
    handset = chromium.new_context(viewport={"width": 320, "height": 740}, color_scheme=scheme)
    page = handset.new_page()
    sign_in(page, station.url, lang=lang)
    for path in ("/field", "/field/new"):
        page.goto(station.url + path)
        page.wait_for_selector("unsent-pill:visible")
        found = Axe().run(page, options={"rules": {"color-contrast-enhanced": {"enabled": True}}}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    handset.close()
