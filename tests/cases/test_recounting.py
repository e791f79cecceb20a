"""The calendar changes: open cases follow, and it is said which."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from fieldapp import journal
from fieldapp.cases import recounting
from fieldapp.cases.case import Case
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db
from fieldapp.places import calendar as national
from fieldapp.places import registering
from tests.reader import send
from tests.reader import visit as go


def noon(year, month, day):
    return datetime(year, month, day, 4, tzinfo=UTC)


def handed(cast, **given):
    with clock_at(noon(2026, 5, 18)):  # a Monday
        case = cast.logs()
        cast.does("chair", case, "handover", unit=cast.unit(), summary="渠道", **given)
    return case


def entries(case, act="calendar"):
    return [entry for entry in journal.of(case.thing) if entry.act == act]


@pytest.fixture
def corban(cast, visit):
    """Enters 27 May 2026 as a holiday, by the page."""

    def enter(works="holiday", day="2026-05-27"):
        browser = visit("admin")
        page = go(browser, "/places/calendar?year=2026")
        return send(browser, page, "/places/calendar", day=day, works=works, name_zh="古尔邦节")

    return enter


def test_only_days_that_follow_from_a_limit_move(cast, corban):
    follows, by_hand = handed(cast, limit=10), handed(cast, due=date(2026, 6, 1))
    past = handed(cast, limit=3)
    page = corban()
    db.session.expire_all()
    assert follows.due == date(2026, 6, 2) and by_hand.due == date(2026, 6, 1) and past.due == date(2026, 5, 21)
    assert follows.number in page.text and by_hand.number not in page.text and past.number not in page.text
    assert "1 June" in page.text and "2 June" in page.text
    assert len(entries(follows)) == 1 and not entries(by_hand) and not entries(past)
    assert entries(follows)[0].actor_id == cast["admin"].id and entries(follows)[0].shown
    assert list(findings()) == []


def test_the_resident_reads_the_new_day_and_its_reason(cast, visit, corban):
    case = handed(cast, limit=10)
    corban()
    # In another year the page names the year as well.
    with time_machine.travel(noon(2026, 5, 19), tick=False):
        page = go(visit("chair"), f"/cases/{case.number}")
    assert "The working calendar changed (admin): due 2 June instead of 1 June." in page.text
    seen = [row for row in journal.of(case.thing) if row.shown][-1]
    assert seen.facts == {"due": "2026-06-02", "limit": 10, "was": "2026-06-01"}


def test_taken_out_again_everything_is_as_it_was(cast, visit, corban):
    case = handed(cast, limit=10)
    before = (case.due, case.amber, case.resident_due)
    corban()
    browser = visit("admin")
    page = go(browser, "/places/calendar?year=2026")
    row = db.session.scalar(db.select(national.CalendarDay))
    told = send(browser, page, f"/calendar/{row.id}/removal")
    assert case.number in told.text
    db.session.expire_all()
    assert (case.due, case.amber, case.resident_due) == before
    assert len(entries(case)) == 2 and list(findings()) == []


def test_what_moved_nothing_says_nothing(cast, corban):
    handed(cast, limit=3)
    assert "Working calendar 2026" in corban(day="2026-12-30").text


def test_a_case_without_a_unit_moves_the_residents_clock_alone(cast, corban):
    with clock_at(noon(2026, 5, 18)):
        case = cast.logs()
    before, version = case.resident_due, case.version
    corban()
    db.session.expire_all()
    assert case.resident_due == before + timedelta(days=1) and case.version == version + 1
    assert not entries(case) and list(findings()) == []


def test_settled_cases_keep_their_days(cast, corban):
    with clock_at(noon(2026, 5, 18)):
        case = cast.brings("settled")
    kept = (case.due, case.version)
    corban()
    db.session.expire_all()
    assert (case.due, case.version) == kept


def test_another_countys_administrator_reads_nothing_of_it(cast, visit, corban):
    from fieldapp.places.place import Area

    case = handed(cast, limit=10)
    corban()
    change = db.session.scalar(db.select(journal.Entry.id).where(journal.Entry.act == "calendar_day"))
    other = Area(code="other", kind="county", names={"zh": "另一县"}, settings={})
    db.session.add(other)
    db.session.flush()
    cast["admin"].area_id = other.id
    db.session.commit()
    assert visit("admin").get(f"/calendar/changes/{change}").status_code == 404
    assert visit("admin").get(f"/calendar/changes/{journal.of(case.thing)[0].id}").status_code == 404


def test_weekends_published_later_move_cases_by_themselves_once(cast, monkeypatch):
    case = handed(cast, limit=10)
    assert recounting.recount_by_itself() == 0
    # A newer library says that Saturday 30 May is worked.
    known = national._national
    monkeypatch.setattr(national, "_national", lambda day: day == date(2026, 5, 30) or known(day))
    counted = national._count
    monkeypatch.setattr(national, "_count", lambda day: counted(day) + (day >= date(2026, 5, 30)))
    assert recounting.recount_by_itself() == 0  # this edition is known
    monkeypatch.setattr(recounting, "national_edition", lambda: "newer")
    assert recounting.recount_by_itself() == 1
    assert recounting.recount_by_itself() == 0
    assert case.due == date(2026, 5, 30)
    assert [entry.role for entry in entries(case)] == ["clock"]


def test_five_thousand_open_cases_move_in_one_transaction(cast):
    case = handed(cast, limit=10)
    _copies(case, 5000)
    begun = time.monotonic()
    county, day = cast.area("county"), {"day": date(2026, 5, 27), "works": False, "names": {"zh": "古尔邦节"}}
    address = registering.set_day(cast["admin"], county, day, "once")
    db.session.commit()
    took = time.monotonic() - begun
    moved = db.session.scalar(db.select(db.func.count()).select_from(Case).where(Case.due == date(2026, 6, 2)))
    assert moved == 5001 and address
    assert took < 60, took
    print(f"5,001 cases moved in {took:.1f} s")


def _copies(case, number: int) -> None:
    """Rows like this one, each with a timeline of its own."""
    columns = {column.key: getattr(case, column.key) for column in Case.__table__.columns if column.key != "id"}
    rows = [columns | {"key": f"copy-{n}", "number": f"2026-9{n:05d}", "head": ""} for n in range(number)]
    db.session.execute(db.insert(Case.__table__), rows)
    db.session.commit()
