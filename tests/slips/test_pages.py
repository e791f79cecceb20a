"""Books of slips on the pages: who issues, prints, revokes and gives a new code."""

import re

import pytest

from fieldapp import journal
from fieldapp.database import db
from fieldapp.slips.codes import code_of, find, issue_book
from fieldapp.slips.slip import Book


@pytest.fixture
def book(cast):
    book = issue_book(deputy=cast["deputy"], size=5)
    db.session.commit()
    return book


@pytest.fixture
def used(book, cast):
    slip = book.slips[0]
    slip.case = cast.logs(narrative="A secret canary")
    db.session.commit()
    return slip


def test_who_has_nothing_to_do_with_slips_finds_no_pages(book, visit):
    for account in ("deputy", "unit", "county"):
        browser = visit(account)
        for path in ("/slips", f"/slips/{book.number}", f"/slips/{book.number}/1"):
            assert browser.get(path).status_code == 404, (account, path)


def test_another_townships_desk_does_not_find_the_book(book, visit):
    stranger = visit("stranger")
    where = f"/slips/{book.number}"
    for path in (where, f"{where}/1"):
        assert stranger.get(path).status_code == 404
    assert sheet_of(stranger, book).status_code == 404
    assert seek(stranger, book.slips[0].serial).status_code == 404
    for act in ("revocation", "reissue", "print"):
        assert stranger.post(f"/slips/{book.number}/1/{act}").status_code in (400, 404)
    assert f"/slips/{book.number}" not in stranger.get("/slips").get_data(as_text=True)


def token(browser, path="/slips") -> dict:
    page = browser.get(path).get_data(as_text=True)
    return dict(re.findall(r'name="(csrf_token|once)" value="([^"]+)"', page))


def sheet_of(browser, book):
    """What is printed of a whole book."""
    return browser.post(f"/slips/{book.number}/sheet", data=token(browser))


def seek(browser, words: str):
    return browser.post("/slips/find", data={"slip": words, **token(browser)})


def test_the_desk_does_not_issue_books(cast, visit):
    chair = visit("chair")
    assert "Issue a book" not in chair.get("/slips").get_data(as_text=True)
    assert chair.post("/slips").status_code in (400, 404)
    assert db.session.scalar(db.select(db.func.count(Book.id))) == 0


@pytest.mark.parametrize(
    "given", [{}, {"holder": "deputy-999", "size": "20"}, {"holder": "county", "size": "20"}, {"size": "7"}, {"size": "many"}]
)
def test_an_incomplete_order_for_a_book_is_refused_beside_its_field(cast, visit, given):
    admin = visit("admin")
    reply = admin.post("/slips", data={**token(admin), **given})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.get_data(as_text=True)
    assert db.session.scalar(db.select(db.func.count(Book.id))) == 0


def test_the_administrator_issues_a_book_once_however_often_it_is_sent(cast, visit):
    admin = visit("admin")
    for holder in (f"deputy-{cast['deputy'].id}", f"station-{cast.station().id}"):
        order = {**token(admin), "holder": holder, "size": "20"}
        first, again = admin.post("/slips", data=order), admin.post("/slips", data=order)
        assert first.status_code == again.status_code == 303
        assert first.location == again.location
    books = db.session.scalars(db.select(Book)).all()
    assert [len(book.slips) for book in books] == [20, 20]
    assert books[0].deputy == cast["deputy"]
    assert books[1].station == cast.station()
    assert [entry.act for entry in journal.of(f"book:{books[0].id}")] == ["issue"]


def test_the_administrator_learns_nothing_of_the_case_and_holds_no_code_to_it(used, visit):
    admin = visit("admin")
    where = f"/slips/{used.book.number}/{used.number}"
    for reply in (*map(admin.get, ("/slips", f"/slips/{used.book.number}", where)), sheet_of(admin, used.book)):
        page = reply.get_data(as_text=True)
        for secret in ("canary", used.case.number, code_of(used), "".join(code_of(used)[:4])):
            assert secret not in page
    assert "In use" in admin.get(where).get_data(as_text=True)
    for act in ("reissue", "print"):
        assert admin.post(f"{where}/{act}", data=token(admin, where)).status_code == 409
    assert find(code_of(used)) is used


def test_a_lost_slip_is_revoked_at_once_and_on_record(used, visit):
    admin = visit("admin")
    code, where = code_of(used), f"/slips/{used.book.number}/{used.number}"
    assert admin.post(f"{where}/revocation", data=token(admin, where)).status_code == 303
    assert find(code) is None
    entry = journal.of(f"book:{used.book_id}")[-1]
    assert (entry.act, entry.actor.account, entry.facts["slip"]) == ("revocation", "admin", used.number)
    assert code not in str([entry.facts, entry.note])


def test_the_desk_gives_a_lost_slip_a_new_code_once_and_prints_it(used, visit):
    chair = visit("chair")
    old, where = code_of(used), f"/slips/{used.book.number}/{used.number}"
    given = token(chair, where)
    for _again in range(2):
        assert chair.post(f"{where}/reissue", data=given).status_code == 303
    assert used.issue == 2
    assert find(old) is None
    assert find(code_of(used)) is used
    page = chair.post(f"{where}/print", data=token(chair, where)).get_data(as_text=True)
    assert code_of(used)[-6:] in page
    assert page.count('class="paper-slip"') == 1
    assert [entry.act for entry in journal.of(f"book:{used.book_id}")] == ["reissue", "print"]


def test_printing_by_a_plain_address_gives_no_code_of_a_used_slip(used, visit):
    chair = visit("chair")
    assert chair.get(f"/slips/{used.book.number}/{used.number}/print").status_code == 405
    assert chair.get(f"/slips/{used.book.number}/sheet").status_code == 405
    assert code_of(used)[-6:] not in sheet_of(chair, used.book).get_data(as_text=True)


def test_a_slip_is_found_by_its_number_and_a_mistyped_one_is_told_apart(book, visit):
    clerk = visit("clerk")
    serial = book.slips[2].serial
    for sought in (serial, code_of(book.slips[2])):
        assert seek(clerk, sought).location == f"/slips/{book.number}/3"
    wrong = serial[:-1] + str((int(serial[-1]) + 1) % 10)
    assert "A digit" in seek(clerk, wrong).get_data(as_text=True)
    for sought in ("", "9999-999x", "水" * 500, "🧾"):
        reply = seek(clerk, sought)
        assert reply.status_code == 404
        assert "do not know" in reply.get_data(as_text=True)


def test_no_form_of_the_desk_writes_a_code_into_an_address(used, visit):
    clerk, code = visit("clerk"), code_of(used)
    assert clerk.get("/slips/find", query_string={"slip": code}).status_code == 405
    for path in ("/slips", "/telephone"):
        page = clerk.get(path).get_data(as_text=True)
        assert 'method="get"' not in page
    found = clerk.post("/telephone", data={"serial": code, **token(clerk, "/telephone")})
    assert found.location == f"/telephone?serial={used.serial}"
    assert used.serial in clerk.get(found.location).get_data(as_text=True)


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_the_pages_open_in_each_language(used, visit, lang):
    for account in ("admin", "clerk", "chair"):
        browser = visit(account, lang=lang)
        pages = [browser.get(path) for path in ("/slips", f"/slips/{used.book.number}", f"/slips/{used.book.number}/1")]
        for reply in [*pages, sheet_of(browser, used.book)]:
            assert reply.status_code == 200
            assert f'<html lang="{lang}"' in reply.get_data(as_text=True)
            assert reply.get_data(as_text=True).count("<h1") == 1
