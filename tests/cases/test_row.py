"""A row of a list is kept from one request to the next, and never as it was."""

import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask_babel import force_locale

from fieldapp.cases import listing, row
from fieldapp.cases.case import Case
from fieldapp.cases.move import Clock
from fieldapp.cases.performing import perform
from fieldapp.database import clock_at, db
from fieldapp.people.person import Membership
from fieldapp.places.place import Area, Category, Unit
from tests.cases.test_histories import step_on

READERS = ("chair", "unit", "deputy", "county", "stranger")


def read(cast) -> dict:
    """What each of them is told, in two languages."""
    told = {}
    for language in ("zh", "ug"):
        with force_locale(language):
            told |= {(account, language): listing.rows(cast[account]) for account in READERS}
    return told


def forget(app) -> None:
    app.extensions.pop("edition", None)


@pytest.mark.parametrize("seed", range(4))
def test_after_each_act_the_row_is_what_it_would_be_anew(app, cast, seed):
    chance, moment = random.Random(seed), datetime(2026, 1, 5, 4, tzinfo=UTC)
    cast["deputy"].mandates[0].ends = None
    db.session.commit()
    with clock_at(moment):
        cases = [cast.logs(), cast.logs("clerk")]
    for step in range(24):
        moment += timedelta(hours=chance.choice([1, 1, 30, 200]))
        with clock_at(moment):
            step_on(cast, cases[step % 2], chance)
            kept = read(cast)
            assert kept == read(cast)
            forget(app)
            assert kept == read(cast)


# What a row follows from besides its own case's acts, and a word it then bears.
def renamed(kind, code):
    def change(cast, case):
        db.session.scalars(db.select(kind).filter_by(code=code)).one().names = {"zh": "新名", "ug": "يېڭى", "en": "Since today"}
        db.session.commit()

    return change


def headed(cast, case):
    db.session.get_one(Membership, (cast["unit"].id, case.unit_id)).head = True
    cast["unit"].names = {"zh": "新名", "ug": "يېڭى", "en": "Since today"}
    db.session.commit()


CAUSES = {
    "its village's name": (renamed(Area, "v01"), "Since today"),
    "its category's name": (renamed(Category, "water"), "Since today"),
    "its unit's name": (renamed(Unit, "water"), "Since today"),
    "urged": (lambda cast, case: perform(case, "urge", Clock(), {"stage": "late-1"}), "urged 1 time"),
    "answered": (lambda cast, case: cast.does("unit", case, "answer", **{"class": "A", "text": "通了", "language": "zh"}), "Answered"),
    "supervised": (lambda cast, case: cast.does("chair", case, "supervision", reason="late", report_due=date(2099, 1, 1)), "supervised"),
    "joined": (lambda cast, case: cast.does("chair", case, "merge", joined=cast.logs("deputy2")), "into 2"),
}


def table(page: str) -> str:
    return page[page.index("<table") :]


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("address", ["/ledger", "/desk", "/ledger?q=渠道"])
def test_what_changes_a_row_is_on_the_next_page(app, cast, visit, cause, address):
    change, word = CAUSES[cause]
    case, chair = cast.brings("accepted"), visit("chair")
    before = table(chair.get(address).text)
    assert table(chair.get(address).text) == before and word not in before
    change(cast, case)
    page = chair.get(address).text
    if "<table" in page:
        assert word in table(page) or (cause == "joined" and address == "/desk")
        forget(app)
        assert table(chair.get(address).text) == table(page)
    else:
        assert cause == "joined" and address == "/desk"


def test_who_heads_the_unit_is_named_at_once(cast, visit):
    case, chair = cast.brings("handed_over"), visit("chair")
    assert "Since today" not in chair.get("/desk").text
    headed(cast, case)
    assert "Since today" in chair.get("/desk").text


def test_at_midnight_a_case_is_late(cast, visit):
    case = cast.brings("accepted")
    case.due = case.amber = date(2026, 3, 2)
    db.session.commit()
    with time_machine.travel(datetime(2026, 3, 2, 15, 59, tzinfo=UTC), tick=False):
        before = table(visit("chair").get("/ledger").text)
    with time_machine.travel(datetime(2026, 3, 2, 16, 1, tzinfo=UTC), tick=False):
        after = table(visit("chair").get("/ledger").text)
    assert "light--amber" in before and "light--red" not in before
    assert "light--red" in after and "light--amber" not in after


def test_each_reads_a_row_in_their_own_language_and_what_their_role_may(cast, visit):
    """The chair reads what the deputy wrote down of a case without a summary; the unit that leads it only the summary."""
    case = cast.brings("accepted", narrative="某家的话，单位不该看见。")
    db.session.execute(db.update(Case).where(Case.id == case.id).values(summary=""))
    db.session.commit()
    for _again in range(2):
        pages = {(who, lang): visit(who, lang).get("/desk").text for who in ("chair", "unit") for lang in ("zh", "ug", "en")}
        assert {who for (who, _lang), page in pages.items() if "某家的话" in page} == {"chair"}
        for lang in ("zh", "ug", "en"):
            assert cast.unit().names[lang] in table(pages["chair", lang])
            others = [cast.unit().names[other] for other in ("zh", "ug", "en") if other != lang]
            assert not [name for name in others if re.search(rf">{re.escape(name)}\s*<", table(pages["chair", lang]))]


def test_what_was_kept_for_one_opens_nothing_to_another(cast, visit):
    case = cast.brings("accepted")
    assert case.number in visit("chair").get("/ledger").text
    assert case.number not in visit("stranger").get("/ledger").text
    assert "No case fits this." in visit("stranger").get(f"/ledger?q={case.number}").text


def test_a_change_that_was_rolled_back_leaves_no_row(cast):
    case = cast.brings("accepted")
    number, before = case.number, case.summary
    case.summary = "没有发生"
    db.session.flush()
    listing.rows(cast["chair"])
    db.session.rollback()
    db.session.get_one(Case, case.id).summary = "发生了"
    db.session.commit()
    (found,) = [row for row in listing.rows(cast["chair"]) if row.number == number]
    assert found.title == "发生了" != before


def test_no_more_rows_are_kept_than_there_is_room_for(app, cast, monkeypatch):
    monkeypatch.setattr(row, "MOST_KEPT", 5)
    for _case in range(4):
        cast.logs()
    for language in ("zh", "ug", "en"):
        with force_locale(language):
            assert len(listing.rows(cast["chair"])) == 4
            assert sum(map(len, app.extensions["edition"][1]["rows"].values())) <= 5
    cast.logs(), cast.logs()
    assert len(listing.rows(cast["chair"])) == 6
