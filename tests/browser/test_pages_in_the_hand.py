"""What residents, deputies and unit officers open is open to everybody."""

import pytest

from checks import markup
from tests.browser.inspection import everything


@pytest.mark.parametrize("account", [None, "deputy", "unit"], ids=["resident", "deputy", "unit"])
def test_every_page_holds_in_every_language(township, phone, account, tmp_path):
    wrong = everything(phone("zh"), township, account, tmp_path)
    assert not wrong, "\n".join(wrong)


def test_the_markup_of_these_pages_was_checked():
    if not markup.is_at_hand():
        pytest.skip("The Nu HTML checker is left out: it needs java, and npm to fetch it (make validate says what is missing).")
    page = "<!doctype html><html lang=en><title>x</title><p id=a><p id=a><select required><option>x</select>"
    assert [line.split(": ")[0] for line in markup.errors({"a page": page})] == ["a page:1"] * 2


def test_a_resident_needs_no_script(township, phone):
    page = phone("zh", javascript=False)
    for code in township.slips:
        page.goto(f"{township.url}/s/{code}")
        assert page.locator("h1").is_visible()
        assert page.locator("ol li, time").count()
