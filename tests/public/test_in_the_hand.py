"""What answers a matter that was sent, held in the hand: the page of mistakes and the slip."""

import pytest

from tests.browser.inspection import faults_of
from tests.public.sending import STATION, cases, form_of
from tests.slips import printer

PHONE = {"width": 360, "height": 740, "method": "POST"}


@pytest.mark.parametrize("language", ["zh", "ug", "en"])
def test_the_answers_hold_in_every_language_by_day_and_by_night(cast, visit, matter, language):
    browser = visit()
    given = {**form_of(browser), **matter}
    for data in ({**given, "category": "", "photos": "ditch.jpg"}, given):
        with printer.opened(browser, f"{STATION}?lang={language}", data=data, **PHONE) as page:
            assert page.get_attribute("html", "lang") == language
            assert list(faults_of(page, STATION)) == []
            assert page.locator("nav.languages button:visible").count() == 3
    assert len(cases()) == 1


def test_enter_in_a_field_sends_the_matter_and_asks_for_no_language(cast, visit, matter):
    browser = visit()
    with printer.opened(browser, STATION, data={**form_of(browser), **matter, "category": ""}, **PHONE) as page:
        page.click("#contact summary")
        with page.expect_request(lambda asked: asked.method == "POST") as sent:
            page.press("[name=contact_name]", "Enter")
        assert "reading" not in (sent.value.post_data or "")
