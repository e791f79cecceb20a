"""What was answered since the deputy last looked comes first, is taken along, and only the phone knows."""

from datetime import timedelta

from fieldapp.cases.case import Case
from fieldapp.cases.performing import perform
from fieldapp.database import db, now
from fieldapp.people.person import Person
from fieldapp.places.place import Unit
from tests.browser.field_station import sign_in, until
from tests.browser.handset import keep, new_case, ready, stored

LATER = """async (minutes) => {
  const db = await new Promise((done) => { const asked = indexedDB.open("field"); asked.onsuccess = () => done(asked.result); });
  const tx = db.transaction("facts", "readwrite");
  const asked = tx.objectStore("facts").get("seen");
  asked.onsuccess = () => tx.objectStore("facts").put({ ...asked.result, at: asked.result.at - minutes * 60000 }, "seen");
  await new Promise((done) => { tx.oncomplete = done; });
  db.close();
}"""


def answer(station, narrative: str):
    """The chair hands the case over, the unit answers it."""
    with station.app.app_context():
        case = db.session.scalar(db.select(Case).where(Case.narrative == narrative))
        who = {person.account: person for person in db.session.scalars(db.select(Person))}
        unit = db.session.scalar(db.select(Unit).where(Unit.code == "water"))

        def does(account, move, **given):
            perform(case, move, who[account], given)

        does("chair", "handover", unit=unit, due=now().date() + timedelta(days=9), summary="渠道淤堵。")
        does("unit", "acceptance", officer=who["unit"])
        does("unit", "answer", **{"class": "A", "text": "已清淤。", "language": "zh"})
        return case.number


def test_an_answer_that_came_since_the_last_visit_is_first_and_taken_along(handset, station):
    page = ready(handset, station)
    for words in ("first matter", "second matter"):
        new_case(page, station.url, words)
        keep(page)
    until(page, lambda: len(station.cases()) == 2, "both arrive")
    page.goto(f"{station.url}/field")
    until(page, lambda: page.locator("[data-number]").count() == 2, "the list")
    number = answer(station, "first matter")
    page.evaluate(LATER, 31)
    page.goto(f"{station.url}/field")
    page.wait_for_selector(".record--news")
    station.stop()
    page.goto(f"{station.url}/field")
    page.wait_for_selector(".record--news")
    first = page.locator("[data-number]").first
    assert first.get_attribute("data-number") == number
    assert "Answered since your last visit" in first.inner_text() and "已清淤。" in first.inner_text()
    assert page.locator(".record--news").count() == 1
    station.start()
    page.evaluate(LATER, 31)
    page.goto(f"{station.url}/field")
    until(page, lambda: page.locator("[data-number]").count() == 2, "the list")
    page.wait_for_timeout(300)
    assert page.locator(".record--news").count() == 0


def test_another_deputy_on_the_same_phone_has_visits_of_their_own(handset, station):
    page = ready(handset, station)
    new_case(page, station.url, "first matter")
    keep(page)
    until(page, lambda: station.cases(), "it arrives")
    page.goto(f"{station.url}/field")
    page.wait_for_selector("[data-number]")
    page.click("sign-out button")
    page.wait_for_url("**/sign-in*")
    sign_in(page, station.url, "deputy2")
    page.goto(f"{station.url}/field")
    page.wait_for_selector("#cases :text('No case yet')")
    assert "first matter" not in stored(page)["all"] and page.locator("[data-number]").count() == 0
