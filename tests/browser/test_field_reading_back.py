"""Nothing is kept that was not read to the resident, and it takes six taps at most."""

from tests.browser.field_station import until
from tests.browser.handset import WORDS, keep, new_case, picture, read_back, ready, stored

# A clock that goes only when told to.
STANDING = "(() => { const now = Date.now(); Date.now = () => now; })()"
TAP_AFTER = "(pause) => { const now = Date.now() + pause; Date.now = () => now; document.querySelector('[data-keep]').click(); }"
COUNTING = "window.taps = 0; addEventListener('pointerdown', (event) => event.isTrusted && (window.taps += 1), true)"


def test_words_place_slip_and_contact_stand_there_to_be_read_aloud(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    page.click("[data-contact] summary")
    page.fill("[name=contact_phone]", "13899998888")
    read_back(page)
    said = page.inner_text("[data-read-back]")
    for words in (WORDS, "first village", "The slip is shown on this screen", "A contact is left; the unit does not learn it"):
        assert words in said
    assert "13899998888" not in page.inner_text("main")
    assert float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('[data-words]')).fontSize)")) >= 24
    assert [one["state"] for one in stored(page)["records"]] == ["draft"]


def test_what_the_resident_corrects_is_changed_before_it_is_kept(handset, station):
    page = ready(handset, station)
    new_case(page, station.url, "the third field")
    read_back(page)
    page.click("[data-change]")
    page.fill("textarea[name=narrative]", "the fourth field")
    keep(page)
    until(page, lambda: [case["narrative"] for case in station.cases()] == ["the fourth field"], "the corrected words arrive")


def test_a_double_tap_is_no_yes(handset, station):
    page = ready(handset, station)
    station.stop()
    new_case(page, station.url)
    page.evaluate(STANDING)
    page.dblclick("[data-go-on]")
    page.wait_for_selector("[data-read-back]:visible")
    page.evaluate(TAP_AFTER, 400)
    page.wait_for_timeout(800)
    assert page.locator("[data-read-back]").is_visible() and stored(page)["records"][0]["state"] == "draft"
    page.evaluate(TAP_AFTER, 600)
    page.wait_for_selector("[data-slip]:visible")


def test_a_case_with_photo_and_slip_takes_six_taps_without_signal(chromium, station):
    handset = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en", has_touch=True, is_mobile=True)
    page = ready(handset, station)
    station.stop()
    page.goto(f"{station.url}/field/new")
    page.wait_for_selector("field-form[data-ready]")
    page.evaluate(COUNTING)
    page.tap("label:has([value=water])")
    # A list of the phone's own: one tap opens it, one chooses.
    chosen = 2
    page.select_option("[name=village]", "v01")
    page.fill("textarea[name=narrative]", WORDS)
    with page.expect_file_chooser() as asked:
        page.tap("label[for=photos]")
    asked.value.set_files(picture())
    page.wait_for_selector(".thumbnail")
    page.tap("[data-go-on]")
    page.wait_for_selector("[data-read-back]:visible")
    page.wait_for_timeout(1500)
    page.tap("[data-keep]")
    page.wait_for_selector(".slip__code")
    assert page.evaluate("window.taps") + chosen <= 6
    handset.close()
