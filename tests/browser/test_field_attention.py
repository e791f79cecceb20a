"""What the station refused waits for its deputy, and nothing says otherwise."""

from tests.browser.field_station import until
from tests.browser.handset import keep, new_case, ready, stored

FITS = "(m) => [...'0123456789'].map((n) => '9999-99' + n).find(m.slipFits)"


def refused(page, station) -> str:
    """A case kept with a number that no slip of this station has."""
    serial = page.evaluate(f"import('/static/js/field/numbers.js').then({FITS})")
    new_case(page, station.url)
    page.fill("[name=slip]", serial)
    keep(page)
    until(page, lambda: [one["state"] for one in stored(page)["records"]] == ["attention"], "the station refuses it")
    return serial


def test_a_slip_the_station_refused_is_not_given_away(handset, station):
    page = ready(handset, station)
    refused(page, station)
    page.wait_for_selector("[data-slip] .record__attention:visible")
    assert not page.is_visible("[data-paper]") and not page.is_visible("[data-hand-over]")
    page.click("[data-receipts] a")
    page.wait_for_selector("[data-error=slip]:visible")


def test_what_was_refused_counts_as_unsent_on_every_page_and_at_signing_out(handset, station):
    page = ready(handset, station)
    serial = refused(page, station)
    page.goto(f"{station.url}/field")
    page.wait_for_selector(".record--attention")
    assert serial in page.inner_text(".record--attention")
    page.wait_for_selector("unsent-pill.pill--unsent:visible")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("sign-out button")
    until(page, lambda: asked, "the warning")
    assert len(stored(page)["records"]) == 1


def test_with_a_paper_slip_nobody_is_asked_to_photograph_the_screen(handset, station):
    page = ready(handset, station)
    serial, code = station.paper_slip()
    station.stop()
    for text, shown in ((serial, serial), (f"№ {serial}", f"№ {serial}"), (code, "")):
        new_case(page, station.url)
        page.fill("[name=slip]", text)
        keep(page)
        assert page.is_visible("[data-paper]") and not page.is_visible("[data-hand-over]")
        assert page.inner_text("[data-serial]") == shown
