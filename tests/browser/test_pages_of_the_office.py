"""What the desk, the chair, the county and the administrator open is open to everybody."""

import pytest

from tests.browser.field_station import sign_in
from tests.browser.inspection import everything


@pytest.mark.parametrize("account", ["clerk", "chair", "county", "admin"])
def test_every_page_holds_in_every_language(township, phone, account, tmp_path):
    wrong = everything(phone("zh"), township, account, tmp_path)
    assert not wrong, "\n".join(wrong)


def test_a_chair_ticks_cases_on_a_phone_where_the_whole_card_is_a_link(township, phone):
    page = phone("zh")
    sign_in(page, township.url, "chair")
    page.goto(f"{township.url}/desk")
    page.locator("[data-one]").first.check(timeout=10_000)
    assert page.locator(".toolbar").is_visible()


def test_the_line_that_stands_open_beside_the_list_is_marked(township, desk):
    page = desk("ug")
    sign_in(page, township.url, "chair")
    page.goto(township.url + "/desk")
    lines = page.locator("[data-beside]")
    for at in (2, 0):
        lines.nth(at).click()
        page.wait_for_function("(at) => document.querySelectorAll('[data-beside]')[at].getAttribute('aria-current')", arg=at)
        assert page.locator("[aria-current][data-beside]").count() == 1


def test_without_script_the_bar_for_many_covers_no_line(township, desk):
    page = desk("zh", javascript=False)
    sign_in(page, township.url, "chair")
    page.goto(township.url + "/desk")
    last, bar = page.locator(".ledger tr").last.bounding_box(), page.locator(".toolbar").bounding_box()
    assert last["y"] + last["height"] <= bar["y"]
