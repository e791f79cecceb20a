"""What residents, deputies and unit officers open is open to everybody."""

import pytest

from tests.browser.inspection import everything


@pytest.mark.parametrize("account", [None, "deputy", "unit"], ids=["resident", "deputy", "unit"])
def test_every_page_holds_in_every_language(township, phone, account, tmp_path):
    wrong = everything(phone("zh"), township, account, tmp_path)
    assert not wrong, "\n".join(wrong)


def test_a_resident_needs_no_script(township, phone):
    page = phone("zh", javascript=False)
    for code in township.slips:
        page.goto(f"{township.url}/s/{code}")
        assert page.locator("h1").is_visible()
        assert page.locator("ol li, time").count()
