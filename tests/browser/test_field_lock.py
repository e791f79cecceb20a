"""An enrolled phone in a real browser: covered, opened, shared, lost."""

import re

import pytest

from tests.browser.enrolled import AN_HOUR_AGO, DUMP, FACT, PIN, Office, covered, enrol, leave, unlock, wrong_pin
from tests.browser.field_station import sign_in, until
from tests.browser.handset import WORDS, keep, new_case, stored
from tests.browser.inspection import in_the_sun

NAME, NUMBER = "CANARYNAME", "13899998888"
SEEN = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def office(station):
    return Office(station)


@pytest.fixture
def page(handset, office):
    page = handset.new_page()
    enrol(page, office)
    return page


def draft(page, station, words="half a sentence"):
    new_case(page, station.url, words)
    until(page, lambda: words in [one["fields"]["narrative"] for one in stored(page)["records"]], "the draft is kept")


def log(page, station):
    new_case(page, station.url)
    keep(page)


def test_what_is_kept_is_covered_until_the_pin_is_given(page, station, office):
    draft(page, station)
    leave(page, office)
    page.goto(f"{station.url}/field")
    assert covered(page) and "half a sentence" not in page.inner_text("main")
    unlock(page, wrong_pin(page))
    page.wait_for_selector("#unlock:has-text('Tries left: 4')")
    page.fill("[name=pin]", PIN)
    page.click("#unlock button")
    page.wait_for_selector("field-home:visible .record:has-text('half a sentence')")


def test_without_signal_the_pin_opens_what_is_on_the_phone(page, station, office):
    station.stop()
    log(page, station)
    page.evaluate(AN_HOUR_AGO)
    page.goto(f"{station.url}/field")
    assert covered(page)
    unlock(page, wrong_pin(page))
    page.wait_for_selector("[data-wrong]:visible")
    unlock(page)
    page.wait_for_selector(f"field-home:visible .record:has-text('{WORDS}')")


def test_after_five_wrong_pins_without_signal_only_the_station_opens(page, station, office):
    station.stop()
    page.evaluate(AN_HOUR_AGO)
    page.goto(f"{station.url}/field")
    for tries, pin in enumerate([wrong_pin(page)] * 5 + [PIN], 1):
        unlock(page, pin)
        until(page, lambda n=tries: page.evaluate(FACT, "wrong") == n, "the try is counted")
    assert covered(page)
    station.start()
    unlock(page)
    page.wait_for_selector("field-home:visible")


def test_a_case_is_logged_while_locked_and_no_earlier_draft_is_shown(page, station, office):
    draft(page, station)
    leave(page, office)
    log(page, station)
    until(page, lambda: [case["narrative"] for case in station.cases()] == [WORDS], "it is sent while locked")
    until(page, lambda: len(stored(page)["records"]) == 1, "the draft alone is left")
    assert stored(page)["records"][0]["fields"]["narrative"] == "half a sentence"


def test_the_app_covers_itself_when_it_comes_back_into_sight(page, office):
    leave(page, office)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert covered(page)


def test_a_lost_phone_says_so_keeps_its_queue_and_sends_it_once_enrolled_again(page, station, office):
    station.stop()
    log(page, station)
    office.revokes("deputy")
    station.start()
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-revoked]:visible")
    assert covered(page) and WORDS not in page.inner_text("main")
    log(page, station)
    assert station.cases() == [] and len(stored(page)["records"]) == 2
    enrol(page, office, pin="306815")
    until(page, lambda: [case["author"] for case in station.cases()] == ["deputy"] * 2, "both are sent")
    until(page, lambda: stored(page)["records"] == [], "the phone lets the records go")


def test_a_lost_phone_is_not_opened_without_signal_either(page, station, office):
    office.revokes("deputy")
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-revoked]:visible")
    station.stop()
    page.goto(f"{station.url}/field")
    unlock(page)
    page.wait_for_selector("[data-wrong]:visible")
    assert covered(page)


def test_two_enrolled_deputies_share_a_phone_and_neither_sends_nor_sees_the_others(page, station, office):
    station.stop()
    log(page, station)
    page.evaluate(AN_HOUR_AGO)
    page.goto("about:blank")
    office.ends_sessions()
    station.start()
    enrol(page, office, "deputy2", "306815")
    page.wait_for_selector("[data-others]:visible")
    assert "渠道" not in page.content()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(1000)
    assert station.cases() == [] and len(stored(page)["records"]) == 1
    page.goto(f"{station.url}/field/unlock")
    page.check(f"[name=device][value='{office.phone_of('deputy')}']")
    page.fill("[name=pin]", PIN)
    page.click("#unlock button")
    until(page, lambda: [case["author"] for case in station.cases()] == ["deputy"], "sent under its author's name")


def test_one_deputys_list_is_not_shown_to_the_next_before_the_station_answers(page, handset, station):
    log(page, station)
    until(page, lambda: station.cases(), "it is sent")
    page.goto(f"{station.url}/field")
    page.wait_for_selector("#cases .record")
    handset.route("**/field/session", lambda route: route.abort())
    sign_in(page, station.url, "deputy2")
    page.goto(f"{station.url}/field")
    page.wait_for_selector("field-home:not([hidden])", state="attached")
    page.wait_for_timeout(500)
    assert page.locator("#cases .record").count() == 0
    handset.unroute("**/field/session")
    page.goto(f"{station.url}/field")
    until(page, lambda: "water" not in str(page.evaluate(FACT, "cases")), "the first one's list is off the phone")


def test_after_signing_out_on_any_page_nothing_kept_is_shown_until_the_pin_is_given(page, station):
    draft(page, station)
    page.goto(f"{station.url}/account")
    page.evaluate("document.querySelector('form[action$=sign-out]').submit()")
    page.wait_for_url("**/field/unlock")
    assert not page.locator("#unlock a[href='/field/new']").count()
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-notice]:visible")
    assert "half a sentence" not in page.inner_text("main")
    page.click("[data-notice] a")
    page.fill("[name=pin]", PIN)
    page.click("#unlock button")
    page.wait_for_selector("field-home:visible .record:has-text('half a sentence')")


def test_no_store_of_the_browser_holds_the_contact_or_the_pin(page, handset, station):
    station.stop()
    new_case(page, station.url)
    page.click("[data-contact] summary")
    page.fill("[name=contact_name]", NAME)
    page.fill("[name=contact_phone]", NUMBER)
    until(page, lambda: any(one["sealed_contact"] for one in stored(page)["records"]), "it is sealed")
    dumps = [page.evaluate(DUMP)]
    keep(page)
    dumps.append(page.evaluate(DUMP))
    for dump in dumps:
        assert WORDS in dump, "the dump reads what is kept"
        assert [canary for canary in (NAME, NUMBER) if canary in dump] == []
        # By chance six digits may stand amidst a time or a key, hardly where one begins or ends.
        assert not re.search(rf"\b{PIN}|{PIN}\b", dump)
    assert not [one for one in handset.cookies() if {NAME, NUMBER, PIN} & set(one["value"].split())]


def test_a_page_of_the_office_on_the_phone_goes_behind_the_pin_too(page, station, office):
    page.clock.install()
    page.goto(f"{station.url}/ledger")
    page.evaluate(SEEN, "hidden")
    office.lets_time_pass()
    page.clock.fast_forward("11:00")
    page.evaluate(SEEN, "visible")
    page.wait_for_url("**/field/unlock?next=*ledger")


def test_the_door_can_be_read_by_everybody_and_fits_320_pixels(screens, station, office):
    page = screens({"width": 320, "height": 740}, "en")
    enrol(page, office)
    leave(page, office)
    token = office.token("deputy2")
    for path in ("/field", "/field/unlock", f"/field/enrol/{token}", "/field/enrol/unknown"):
        for lang in ("zh", "ug", "en"):
            page.goto(f"{station.url}{path}?lang={lang}")
            if path == "/field":
                assert covered(page)
            assert in_the_sun(page, enhanced=path == "/field") == [], (path, lang)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
