"""Who comes by the codes of slips: what is printed is on record, and what others carry is printed by nobody."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from fieldapp import journal
from fieldapp.database import db
from fieldapp.slips.codes import code_of, find, issue_book, pool_for
from fieldapp.slips.issuing import revoke, slip_for_page
from tests.slips.test_pages import sheet_of, token


@pytest.fixture(params=["phone", "deputy's page", "station's page"])
def carried(request, cast):
    """A blank slip that a phone or a public page gives away next."""
    if request.param == "phone":
        slip = pool_for(cast["deputy"])[0]
    else:
        slip = slip_for_page(**({"station": cast.station()} if "station" in request.param else {"deputy": cast["deputy"]}))
    db.session.commit()
    return slip


def shown(reply) -> str:
    """The page with its markup and without, so that a code in groups is found."""
    return "".join((reply.text + re.sub(r"<[^>]+>", "", reply.text)).split())


@pytest.mark.parametrize("account", ["admin", "clerk", "chair"])
def test_nobody_prints_or_renews_a_slip_that_a_phone_or_page_gives_away(carried, visit, account):
    browser, code, where = visit(account), code_of(carried), f"/slips/{carried.book.number}/{carried.number}"
    assert sheet_of(browser, carried.book).status_code == 404
    for act in ("print", "reissue"):
        reply = browser.post(f"{where}/{act}", data=token(browser, where))
        assert reply.status_code == 409 and code not in shown(reply)
    for path in ("/slips", f"/slips/{carried.book.number}", where):
        page = browser.get(path)
        assert code not in shown(page)
        assert not {f'action="{where}/{act}"' for act in ("print", "reissue")} & set(page.text.split())
        assert f"/slips/{carried.book.number}/sheet" not in page.text
    assert find(code) is carried and journal.of(f"book:{carried.book_id}") == []


def test_a_slip_of_a_phone_that_leads_to_a_matter_is_printed_by_the_desk_alone(cast, visit):
    """The resident lost the picture of it: the desk gives the page on paper."""
    slip = pool_for(cast["deputy"])[0]
    slip.case = cast.logs()
    db.session.commit()
    where, admin, clerk = f"/slips/{slip.book.number}/{slip.number}/print", visit("admin"), visit("clerk")
    assert admin.post(where, data=token(admin)).status_code == 409
    assert code_of(slip) in shown(clerk.post(where, data=token(clerk)))


@pytest.fixture
def book(cast):
    book = issue_book(deputy=cast["deputy"], size=3)
    book.slips[1].case = cast.logs()
    db.session.commit()
    return book


def printed(book) -> list[tuple]:
    entries = journal.of(f"book:{book.id}")
    return [(entry.act, entry.actor.account, entry.facts.get("slips", entry.facts.get("slip"))) for entry in entries]


def test_whoever_prints_a_book_stands_on_its_page_each_time(book, visit):
    admin, clerk = visit("admin"), visit("clerk")
    for browser in (admin, clerk, clerk):
        assert code_of(book.slips[0]) in shown(sheet_of(browser, book))
    assert printed(book) == [("sheet", "admin", [1, 3]), ("sheet", "clerk", [1, 3]), ("sheet", "clerk", [1, 3])]
    page = admin.get(f"/slips/{book.number}").text
    assert page.count("printed 2 blank slips.") == 3
    assert code_of(book.slips[0]) not in str([(entry.facts, entry.note) for entry in journal.of(f"book:{book.id}")])


def test_a_sheet_that_cannot_be_put_on_record_shows_no_code(book, visit, monkeypatch):
    admin = visit("admin")

    def fails(*_given, **_words):
        raise OSError("The disk is full.")

    monkeypatch.setattr(journal, "record", fails)
    with pytest.raises(OSError):
        sheet_of(admin, book)


def test_used_and_revoked_slips_are_not_printed_with_the_book(book, visit):
    revoke(book.slips[0])
    db.session.commit()
    page = sheet_of(visit("admin"), book).text
    assert book.slips[0].serial not in page and book.slips[1].serial not in page
    assert page.count('class="paper-slip"') == 1


def test_a_book_without_blank_slips_prints_nothing_and_says_so(book, cast, visit):
    for slip in book.slips:
        slip.case = slip.case or cast.logs()
    db.session.commit()
    assert "No blank slip is left" in sheet_of(visit("admin"), book).text
    assert printed(book) == []


def test_a_form_used_for_one_slip_prints_no_other_off_the_record(book, cast, visit):
    """The key of a form that was sent already must not stand in for an entry."""
    book.slips[0].case = cast.logs()
    db.session.commit()
    clerk = visit("clerk")
    given = {**token(clerk), "once": "a-key-that-was-sent-before"}
    for act, number in (("reissue", 3), ("print", 1), ("print", 2), ("print", 2)):
        clerk.post(f"/slips/{book.number}/{number}/{act}", data=given)
    assert printed(book) == [(act, "clerk", number) for act, number in (("reissue", 3), ("print", 1), ("print", 2), ("print", 2))]


def test_a_book_issued_after_midnight_bears_the_day_of_the_place(cast, visit):
    with time_machine.travel(datetime(2026, 3, 1, 20, tzinfo=UTC), tick=False):
        book = issue_book(deputy=cast["deputy"])
        db.session.commit()
        clerk = visit("clerk")
        for path in ("/slips", f"/slips/{book.number}"):
            assert "2 March" in clerk.get(path).text
