"""When a mandate ends: what passes on, what stays, what still comes in."""

import json
from datetime import timedelta

import pytest

from fieldapp import journal
from fieldapp.cases import lookback, succession
from fieldapp.cases.case import Case
from fieldapp.cases.performing import OutOfTurn
from fieldapp.cases.verifying import findings
from fieldapp.database import db, today
from fieldapp.people.person import Mandate
from fieldapp.slips.codes import code_of, issue_book, pool_for
from fieldapp.slips.slip import Book
from tests.field.phone import a_record
from tests.reader import send
from tests.reader import visit as go


def ends(cast, account="deputy", day=None) -> Mandate:
    mandate = cast[account].mandates[0]
    mandate.ends = day or today() - timedelta(days=1)
    db.session.commit()
    return mandate


def address(mandate) -> str:
    return f"/people/{mandate.person_id}/mandates/{mandate.id}/succession"


def passes(cast, visit, mandate, to="deputy2"):
    admin = visit("admin")
    return send(admin, go(admin, address(mandate)), "/succession", successor=str(cast[to].id))


def sync(visit, app, record, account="deputy"):
    app.config["WTF_CSRF_ENABLED"] = False
    browser = visit(account)
    token = browser.get("/field/session").json["csrf_token"]
    return browser.post("/field/sync", data={"case": json.dumps(record)}, headers={"X-CSRF-Token": token})


def test_while_the_mandate_runs_nothing_passes_on(cast, visit):
    case, mandate = cast.logs(), cast["deputy"].mandates[0]
    for day in (None, today() + timedelta(days=3)):
        mandate.ends = day
        db.session.commit()
        page = go(visit("admin"), address(mandate))
        assert page.status == 200 and not page.offers("/succession")
        reply = visit("admin").post(address(mandate), data={"successor": cast["deputy2"].id})
        assert reply.status_code in (400, 409)
    with pytest.raises(OutOfTurn):
        cast.does("admin", case, "succession", successor=cast["deputy2"])


def test_who_was_elected_again_keeps_the_cases(cast, visit):
    mandate = ends(cast)
    db.session.add(Mandate(person_id=cast["deputy"].id, congress_id=mandate.congress_id, constituency="1", begins=today()))
    db.session.commit()
    assert not go(visit("admin"), address(mandate)).offers("/succession")


def test_nobody_can_follow_who_does_not_sit_in_that_congress(cast, visit):
    mandate = ends(cast)
    ends(cast, "deputy2")
    assert "Enter the successor's mandate first" in go(visit("admin"), address(mandate)).text


def test_the_page_of_another_person_or_another_county_is_not_there(cast, visit):
    mandate = ends(cast)
    assert visit("admin").get(f"/people/{cast['deputy2'].id}/mandates/{mandate.id}/succession").status_code == 404
    assert visit("chair").get(address(mandate)).status_code == 404


def test_open_cases_and_books_pass_in_one_act_and_history_keeps_its_names(cast, visit):
    cases = [cast.brings(state) for state in ("logged", "confirmed", "accepted", "answered", "settled")]
    gone = cast.brings("withdrawn")
    printed, pool = issue_book(deputy=cast["deputy"]), pool_for(cast["deputy"])[0].book
    db.session.commit()
    mandate = ends(cast)
    page = passes(cast, visit, mandate)
    assert page.status == 200 and "5 cases and 1 books have passed on" in page.text
    db.session.expire_all()
    assert {case.deputy.account for case in cases} == {"deputy2"} and gone.deputy.account == "deputy"
    assert db.session.get(Book, printed.id).deputy.account == "deputy2"
    assert db.session.get(Book, pool.id).retired and not printed.retired
    entries = journal.of(cases[1].thing)
    assert entries[-1].act == "succession" and entries[0].actor.account == "deputy"
    assert entries[-1].facts == {"deputy": cast["deputy2"].id, "former": cast["deputy"].id}
    for case in cases:
        assert visit("deputy").get(f"/cases/{case.number}").status_code == 404
        assert visit("deputy2").get(f"/cases/{case.number}").status_code == 200
    assert "from deputy to deputy2" in go(visit("chair"), f"/cases/{cases[1].number}").text
    assert list(findings()) == []


def test_sent_twice_it_passes_once(cast, visit):
    cast.logs()
    mandate = ends(cast)
    admin = visit("admin")
    page = go(admin, address(mandate))
    for _again in range(2):
        assert send(admin, page, "/succession", successor=str(cast["deputy2"].id)).status == 200
    assert [entry.act for entry in journal.of(f"person:{cast['deputy'].id}")].count("mandate_passed") == 1


def test_if_one_case_cannot_pass_none_does(cast, monkeypatch):
    cases = [cast.logs(), cast.logs()]
    mandate = ends(cast)
    real = succession.make

    def breaks(case, *given):
        if case.id == cases[1].id:
            raise RuntimeError("power")
        return real(case, *given)

    monkeypatch.setattr(succession, "make", breaks)
    with pytest.raises(RuntimeError):
        succession.succeed(cast["admin"], mandate, cast["deputy2"], None)
    db.session.rollback()
    assert {case.deputy.account for case in cases} == {"deputy"} and mandate.successor_id is None


def test_what_the_former_deputys_phone_still_sends_arrives_under_their_name_and_passes_on(app, cast, visit):
    slip = pool_for(cast["deputy"])[0]
    code = code_of(slip)
    mandate = ends(cast)
    passes(cast, visit, mandate)
    record = a_record(slip=code, on_the_spot="当场说明了。")
    for status in (201, 200):
        reply = sync(visit, app, record)
        assert reply.status_code == status, reply.json
    case = db.session.scalar(db.select(Case).where(Case.key == record["id"]))
    assert case.author_id == cast["deputy"].id and case.deputy.account == "deputy2" and case.slip.serial == slip.serial
    assert [entry.act for entry in journal.of(case.thing)] == ["log", "confirm", "on_the_spot", "succession"]
    assert visit("deputy").get(f"/cases/{case.number}").status_code == 404


def test_the_successors_phone_is_given_none_of_the_former_phones_blanks(cast, visit):
    theirs = {slip.serial for slip in pool_for(cast["deputy"])}
    passes(cast, visit, ends(cast))
    assert not theirs & {slip.serial for slip in pool_for(cast["deputy2"])}


def test_what_the_desk_enters_or_the_form_in_the_field_logs_passes_on_too(cast, visit):
    passes(cast, visit, ends(cast))
    clerk = visit("clerk")
    typed = {
        "deputy_id": str(cast["deputy"].id),
        "category": str(cast.category().id),
        "village": str(cast.area("v01").id),
        "narrative": "渠道堵了",
    }
    assert send(clerk, go(clerk, "/cases/new"), "/cases/new", source="paper", **typed).status == 200
    deputy = visit("deputy")
    page = send(deputy, go(deputy, "/field/new"), "/field/new", category="water", village="v01", narrative="路坏了")
    assert page.status == 200
    found = db.session.scalars(db.select(Case).order_by(Case.id))
    assert {case.deputy.account for case in found} == {"deputy2"}


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_the_page_is_drawn_in_each_language(cast, visit, lang):
    mandate = ends(cast)
    assert go(visit("admin", lang), address(mandate)).offers("/succession")
    assert go(visit("admin", lang), f"/people/{mandate.person_id}").status == 200


def test_look_backs_pass_on_and_what_the_successor_may_not_look_at_waits_for_the_chair(cast, visit, monkeypatch):
    monkeypatch.setattr(lookback, "SAMPLE", 1.1)
    case, mandate = cast.brings("settled"), ends(cast)
    assert [found.assignee.account for found in lookback.of(case)] == ["deputy", "deputy2"]
    passes(cast, visit, mandate)
    db.session.expire_all()
    assert [found.assignee and found.assignee.account for found in lookback.of(case)] == ["deputy2", None]
