"""Pages that are answered again as they were: never older than the database."""

from datetime import date, timedelta

import pytest
import time_machine

from fieldapp.cases import contacts
from fieldapp.database import db, now
from fieldapp.public.kept import KeptPages
from fieldapp.slips.codes import code_of, pool_for

FRESH = "?fresh=1"
WAY = (
    ("chair", "handover", {"due": date(2099, 12, 4), "summary": "渠道淤堵，需要清淤。"}),
    ("chair", "due_date", {"due": date(2099, 12, 9), "reason": "rain"}),
    ("chair", "urge", {}),
    ("unit", "acceptance", {}),
    ("unit", "answer", {"class": "B", "promised": date(2099, 12, 1), "text": "正在清淤。", "language": "zh"}),
    ("deputy", "release", {}),
    ("deputy", "wording", {"language": "ug", "text": "تازىلاۋاتىدۇ"}),
    ("resident", "verdict", {"solved": True}),
    ("resident", "rating", {"rating": "basically"}),
    ("resident", "remark", {"remark": "谢谢"}),
    ("chair", "rework", {"reason": "not yet"}),
    ("resident", "withdrawal", {}),
)


@pytest.fixture
def case(cast):
    case = cast.logs("deputy")
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    return case


@pytest.fixture
def read(visit, case):
    def read(lang="en", query=""):
        reply = visit(lang=lang).get(f"/s/{code_of(case.slip)}{query}")
        return reply.status_code, sorted(pair for pair in reply.headers.items() if pair[0] != "Date"), reply.data

    return read


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_every_act_changes_the_page_at_once(cast, case, read, lang):
    seen = [read(lang)]
    for account, move, given in WAY:
        more = {"handover": {"unit": cast.unit()}, "acceptance": {"officer": cast["unit"]}}.get(move, {})
        cast.does(account, case, move, **given, **more)
        page = read(lang)
        assert page == read(lang) == read(lang, FRESH), move
        # Words that are added in Uyghur change the Uyghur page alone.
        assert (page in seen) == (move == "wording" and lang != "ug"), move
        seen.append(page)


def test_an_answer_is_read_from_its_hour_on_though_nobody_acts(cast, case, read):
    cast.does("chair", case, "handover", unit=cast.unit(), due=date(2099, 12, 4), summary="渠道淤堵，需要清淤。")
    cast.does("unit", case, "acceptance", officer=cast["unit"])
    cast.does("unit", case, "answer", **{"class": "A", "text": "渠道已清淤。", "language": "zh"})
    hour = case.answer.visible_at
    with time_machine.travel(hour - timedelta(seconds=1), tick=False):
        held = read()
        assert read() == held
    with time_machine.travel(hour, tick=False):
        assert read()[2] != held[2] and read() == read(query=FRESH)


def test_the_days_that_are_left_are_counted_anew_each_day(cast, case, read):
    cast.does("chair", case, "handover", unit=cast.unit(), due=(now() + timedelta(days=40)).date(), summary="渠道淤堵，需要清淤。")
    first = read()
    # No holiday lasts so long.
    with time_machine.travel(now() + timedelta(days=12)):
        assert read() != first and read() == read(query=FRESH)


def test_a_code_that_is_revoked_or_has_expired_opens_nothing_though_its_page_was_kept(cast, case, read):
    cast.does("deputy", case, "withdrawal", reason="asked")
    assert read()[0] == read()[0] == 200
    with time_machine.travel(now() + timedelta(days=90, minutes=1)):
        assert read()[0] == 404
    assert read()[0] == 200
    case.slip.revoked_at = now()
    db.session.commit()
    assert read()[0] == 404


def test_a_contact_that_comes_or_is_forgotten_shows(case, read):
    none = read()
    contacts.seal_contact(case, {"name": "某某", "phone": "1", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    known = read()
    assert known != none and known == read(query=FRESH)
    contacts.erase(case)
    db.session.commit()
    assert read() == none


def rename_village(cast):
    cast.area("v01").names = {"zh": "新村", "ug": "يېڭى", "en": "renamed"}


def renumber_deputy(cast):
    cast["deputy"].phone = "0998-000-0777"


def rename_category_by_statement(cast):
    from fieldapp.places.place import Category

    db.session.execute(db.update(Category).where(Category.code == "water").values(names={"zh": "水", "ug": "سۇ", "en": "renamed"}))


@pytest.mark.parametrize("change", [rename_village, renumber_deputy, rename_category_by_statement])
def test_a_name_or_number_that_is_changed_shows_at_once(cast, read, change):
    before = read()
    change(cast)
    db.session.commit()
    assert read() != before and read() == read(query=FRESH)


def test_a_slip_that_waited_for_its_case_shows_it_once_it_has_come(cast, case, visit):
    blank = pool_for(cast["deputy"])[2]
    address = f"/s/{code_of(blank)}"
    assert "upload it when back in signal" in visit().get(address).text
    blank.case = cast.logs("deputy")
    db.session.commit()
    assert "upload it when back in signal" not in visit().get(address).text


def test_readers_of_another_language_host_or_coding_never_share_a_page(case, visit):
    address = f"/s/{code_of(case.slip)}"
    zh = visit(lang="zh").get(address).data
    assert visit(lang="ug").get(address).data != zh
    assert visit(lang="zh").get(address + "?lang=ug").data != zh
    assert visit(lang="zh").get(address, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert visit(lang="zh").get(address).data == zh


def test_what_is_kept_stays_within_its_room(app, cast, visit, case, pages):
    app.wsgi_app = KeptPages(app, pages.draw, room=20_000)
    for slip in pool_for(cast["deputy"]):
        for lang in ("zh", "ug", "en"):
            visit(lang=lang).get(f"/s/{code_of(slip)}", headers={"Accept-Encoding": "identity"})
    kept = app.wsgi_app
    assert 0 < kept.held <= 20_000 and kept.held == sum(page.weight for page in kept.pages.values())


def test_staff_with_a_cookie_and_strange_queries_are_not_kept(case, visit, pages):
    address = f"/s/{code_of(case.slip)}"
    visit("chair").get(address)
    visit().get(address + FRESH)
    visit().head(address)
    assert not pages.pages
