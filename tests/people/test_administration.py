"""The administrator's pages about people."""

import re

import pytest

from fieldapp import journal
from fieldapp.database import db
from fieldapp.people.person import Mandate, Person
from tests import reader
from tests.cast import ACCOUNTS
from tests.people.conftest import PASSWORD

PAGES = (
    "/people",
    "/people/new",
    "/people/1",
    "/places",
    "/places/areas",
    "/places/units/new",
    "/places/stations/1",
    "/places/categories",
    "/places/calendar",
    "/places/limits",
)


@pytest.mark.parametrize("account", [name for name in ACCOUNTS if name != "admin"])
def test_all_others_learn_nothing_from_the_administrators_pages(visit, account):
    browser = visit(account)
    assert [browser.get(page).status_code for page in PAGES] == [404] * len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(visit, page):
    assert visit().get(page).status_code == 303


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
@pytest.mark.parametrize("page", [*PAGES, "/account", "/account/second-factor"])
def test_every_page_opens_in_each_language(visit, page, lang):
    assert reader.visit(visit("admin", lang), page).status == 200


def test_the_administrator_reads_no_case(visit, cast):
    case = cast.brings("answered")
    browser = visit("admin")
    assert browser.get(f"/cases/{case.number}").status_code == 404
    for page in (*PAGES, f"/people/{cast['deputy'].id}"):
        assert "渠道" not in browser.get(page).text and str(case.number) not in reader.visit(browser, page).text, page


def add(browser, **typed):
    page = reader.visit(browser, "/people/new")
    return reader.send(browser, page, "/people/new", **{"name_zh": "新人", "account": "newcomer", "role": "clerk", **typed})


def here(cast) -> str:
    return str(cast.area("here").id)


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(visit, cast):
    page = add(visit("admin"), account="Chair", role="unit", area_id=here(cast), name_zh="", name_en="Typed Name")
    assert page.status == 422
    for sentence in (
        "Please give the Chinese name.",
        "Another person has this account name.",
        "Please say which unit the officer works for.",
    ):
        assert sentence in page.text
    assert page.form("/people/new").values["name_en"] == "Typed Name"


def test_a_chair_and_a_deputy_belong_to_a_township_and_a_supervisor_to_a_county(visit, cast):
    browser = visit("admin")
    for role in ("chair", "deputy"):
        assert "not held at this level" in add(browser, role=role, area_id=str(cast.area("county").id)).text
    assert "not held at this level" in add(browser, role="county", area_id=here(cast)).text


def test_a_new_person_gets_a_password_once_and_must_replace_it(visit, cast, sign_in):
    browser = visit("admin")
    form = reader.visit(browser, "/people/new").form("/people/new")
    typed = {**form.values, "name_zh": "新人", "account": "newcomer", "role": "clerk", "area_id": here(cast)}
    shown = reader.read(browser.post("/people/new", data=typed))
    password = re.search(r"\w{5}-\w{5}-\w{5}-\w{5}", shown.text).group()
    assert password not in reader.read(browser.post("/people/new", data=typed, follow_redirects=True)).text
    assert db.session.scalar(db.select(db.func.count()).select_from(Person).where(Person.account == "newcomer")) == 1
    newcomer = sign_in("newcomer", password).browser
    assert newcomer.get("/").headers["Location"] == "/account"
    assert newcomer.get("/field/session").json == {"error": "sign_in"}
    page = reader.visit(newcomer, "/account")
    reader.send(newcomer, page, "/account/password", current=password, new="a lost mitten in june", again="a lost mitten in june")
    assert newcomer.get("/").headers["Location"] == "/desk"


def test_ending_all_sessions_of_a_person_stops_them_at_once(visit, cast, sign_in):
    phone, browser = sign_in("deputy").browser, visit("admin")
    page = reader.visit(browser, f"/people/{cast['deputy'].id}")
    reader.send(browser, page, "/revocation")
    assert phone.get("/account").status_code == 303


def test_a_new_password_ends_sessions_and_the_second_factor(visit, cast, sign_in):
    desk, browser = sign_in("chair").browser, visit("admin")
    cast["chair"].totp_sealed = "sealed"
    db.session.commit()
    page = reader.visit(browser, f"/people/{cast['chair'].id}")
    shown = reader.send(browser, page, f"/people/{cast['chair'].id}/password")
    assert "One-time password" in shown.text and desk.get("/account").status_code == 303
    assert cast["chair"].totp_sealed is None and sign_in("chair", PASSWORD).status_code == 422


def test_whoever_leaves_is_signed_out_at_once(visit, cast, sign_in):
    desk, browser = sign_in("chair").browser, visit("admin")
    page = reader.visit(browser, f"/people/{cast['chair'].id}")
    form = page.form(f"/people/{cast['chair'].id}")
    del form.values["active"]
    assert browser.post(form.action, data=form.values).status_code == 303
    assert desk.get("/account").status_code == 303
    facts = journal.of(f"person:{cast['chair'].id}")[-1].facts
    assert facts["changed"] == ["active"] and facts["active"] is False


def test_administrators_do_not_lock_themselves_out(visit, cast):
    browser = visit("admin")
    form = reader.visit(browser, f"/people/{cast['admin'].id}").form(f"/people/{cast['admin'].id}")
    form.values["role"] = "county"
    del form.values["active"]
    page = reader.read(browser.post(form.action, data=form.values))
    assert page.status == 422 and "own role" in page.text and "for good" in page.text


def test_a_mandate_ends_after_it_begins_and_is_written_down(visit, cast):
    browser, deputy = visit("admin"), cast["deputy"].id
    page = reader.visit(browser, f"/people/{deputy}")
    typed = {"congress_id": here(cast), "constituency": "2", "begins": "2026-11-01"}
    wrong = reader.send(browser, page, "/mandates", ends="2026-10-01", **typed)
    assert wrong.status == 422 and "A mandate ends after it begins." in wrong.text
    reader.send(browser, page, "/mandates", **typed)
    reader.send(browser, page, "/mandates", **typed)
    mandates = list(db.session.scalars(db.select(Mandate).where(Mandate.person_id == deputy)))
    assert len(mandates) == 2
    shown = reader.send(browser, reader.visit(browser, f"/people/{deputy}"), f"/mandates/{mandates[0].id}", ends="2026-12-31")
    assert shown.status == 200 and "added a mandate" in shown.text and "changed the end of a mandate" in shown.text


def test_an_administrator_of_one_township_does_not_reach_the_next(visit, cast):
    cast["admin"].area_id = cast.area("there").id
    db.session.commit()
    browser = visit("admin")
    assert browser.get(f"/people/{cast['chair'].id}").status_code == 404
    assert browser.get(f"/people/{cast['stranger'].id}").status_code == 200
    assert browser.get("/places/units/1").status_code == 404 and browser.get("/places/limits/here").status_code == 404
    assert "there" in browser.get("/places/limits").get_data(as_text=True)


def test_people_are_found_by_name_account_and_role(visit, cast):
    browser = visit("admin")
    assert "deputy2" in reader.visit(browser, "/people?q=DEPUTY2").text
    assert "Nobody is like that." in reader.visit(browser, "/people?q=%25").text
    page = reader.visit(browser, "/people?role=county").text
    assert "county" in page and "deputy2" not in page


def test_the_first_person_of_a_site_is_added_by_the_command_line(app):
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["person", "add", "first", "--role", "admin", "--zh", "管理员"], input="某县\n")
    assert answer.exit_code == 0, answer.output
    assert re.search(r"first: \w{5}-", answer.output)
    again = runner.invoke(args=["person", "add", "first", "--role", "admin", "--zh", "管理员"])
    assert again.exit_code == 1 and "already" in again.output
    wrong = runner.invoke(args=["person", "add", "second", "--role", "chair", "--zh", "主席"])
    assert wrong.exit_code == 1 and "not held" in wrong.output
