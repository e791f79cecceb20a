"""The deputy's phone in a real browser, against the real server, which goes away and comes back."""

import io

import zxingcpp
from PIL import Image

from tests.browser.field_station import sign_in, until
from tests.browser.handset import WORDS, keep, new_case, picture, ready, stored


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
    until(page, lambda: [one["fields"]["narrative"] for one in stored(page)["records"]] == ["half a sentence"], "the draft is kept")
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
    until(page, lambda: stored(page)["records"] == [], "the phone hears the answer")
    assert lost == [201, 200] and len(station.cases()) == 1


def test_two_tabs_send_every_record_once(handset, station):
    one = ready(handset, station)
    station.stop()
    for number in range(3):
        new_case(one, station.url, f"matter {number}")
        keep(one)
    # What was tried while the station was away was not answered.
    answered = []
    handset.on("response", lambda answer: answer.url.endswith("/field/sync") and answered.append(answer.status))
    two = handset.new_page()
    two.goto(f"{station.url}/field")
    one.goto(f"{station.url}/field")
    station.start()
    one.evaluate("dispatchEvent(new Event('online'))")
    two.evaluate("dispatchEvent(new Event('online'))")
    until(one, lambda: stored(one)["records"] == [], "all is sent")
    assert sorted(case["narrative"] for case in station.cases()) == ["matter 0", "matter 1", "matter 2"]
    assert answered == [201] * 3


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
    page.click("[data-go-on]")
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


def test_words_with_a_telephone_number_ask_once(handset, station):
    page = ready(handset, station)
    new_case(page, station.url, "call 138 9999 8888")
    page.click("[data-go-on]")
    page.click("[data-warning] button")
    page.wait_for_timeout(600)
    page.click("[data-keep]")
    page.wait_for_selector("[data-slip]:visible")
    until(page, lambda: len(station.cases()) == 1, "it arrives as it was typed")


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
    until(page, lambda: station.cases()[0]["photos"] == [True], "the photo is whole")
    assert sum(one.startswith("bytes 0-") for one in ranges) == 1 and len(ranges) >= 3


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
