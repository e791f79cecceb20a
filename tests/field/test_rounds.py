"""The round on the phone, as the server meets it: session, sync, presence, pages without script."""

import pytest

from fieldapp import journal
from fieldapp.activities import acts
from fieldapp.activities.round import Round
from fieldapp.cases.case import Case
from fieldapp.database import db, today
from fieldapp.people import sessions
from fieldapp.people.person import Person
from tests import reader
from tests.activities.conftest import outing
from tests.field.phone import Phone, a_record

__all__ = ["outing"]


def cases() -> list[Case]:
    return list(db.session.scalars(db.select(Case)))


def report(phone: Phone, code, stop, token: str | None = None, **more):
    headers = {"X-CSRF-Token": token or phone.token}
    return phone.client.post("/field/sync/presence", data={"round": code, "stop": stop, **more}, headers=headers)


@pytest.fixture
def far_round(cast):
    """A round of the neighbouring township, by its own chair."""
    deputy = Person(account="far", names={"zh": "远"}, role="deputy", area_id=cast.area("there").id)
    db.session.add(deputy)
    db.session.commit()
    given = {"day": today(), "vehicle": None, "topic": "", "deputies": [deputy]}
    return acts.plan(cast["stranger"], given, [{"village_id": cast.area("v11").id, "place": "", "planned": None}], None)


def test_a_record_of_an_unknown_round_waits_with_a_sentence(phone):
    answer = phone().sync(a_record(activity="R1999-001"))
    assert answer.status_code == 422 and cases() == []
    assert answer.get_json()["errors"] == {"activity": "We do not know this round. Please choose again."}


def test_another_townships_round_is_unknown_here(phone, far_round):
    assert list(phone().sync(a_record(activity=far_round.code)).get_json()["errors"]) == ["activity"]
    assert cases() == [] and phone().session["activities"] == []


def test_a_record_belongs_to_its_round_also_after_the_round_was_closed(phone, cast, outing):
    round = outing(days=0)
    acts.close(round, cast["clerk"], 5, version=None, once=None)
    record = a_record(activity=round.code)
    assert phone().sync(record).status_code == 201 and phone().sync(record).status_code == 200
    assert [case.activity for case in cases()] == [round.code]
    other = phone().sync({**record, "activity": None})
    assert other.status_code == 409 and [case.activity for case in cases()] == [round.code]


def test_the_phone_carries_its_deputys_rounds_of_these_days(phone, outing):
    outing(days=0, deputies=("deputy2",))
    outing(days=30)
    ahead, now = outing(days=1), outing(days=0)
    carried = phone(lang="ug").session["activities"]
    assert [round["code"] for round in carried] == [now.code, ahead.code]
    assert [round["today"] for round in carried] == [True, False]
    assert [stop["village"] for stop in carried[0]["stops"]] == ["v01", "v02"] and carried[0]["here"] is None
    assert carried[0]["name"] == carried[0]["names"]["ug"] and set(carried[0]["names"]) == {"zh", "ug", "en"}


def test_presence_is_reported_once_however_often_it_is_sent(phone, outing):
    round = outing(days=0)
    deputy, stop = phone(), round.stops[0].id
    first, second = (report(deputy, round.code, stop, at=at) for at in ("2026-11-22T09:30:00+08:00", "1970-01-01T00:00:00Z"))
    assert first.status_code == second.status_code == 200
    assert first.get_json() == second.get_json() and first.get_json()["stop"] == stop
    assert [entry.act for entry in journal.of(round.thing)] == ["planned", "here"]
    assert db.session.get_one(Round, round.id).here.by_the_phone == "09:30"
    assert deputy.client.get("/field/session").get_json()["activities"][0]["here"] == stop


@pytest.mark.parametrize("stop", [None, "", "x", 0, -1, 10**30])
def test_nonsense_for_a_stop_is_unknown(phone, outing, stop):
    answer = report(phone(), outing(days=0).code, stop)
    assert answer.status_code == 404 and answer.get_json()["error"] == "unknown"


def test_nobody_reports_from_a_round_they_are_not_on(phone, outing, far_round):
    round = outing(days=0, deputies=("deputy2",))
    for code, stop in ((round.code, round.stops[0].id), (far_round.code, far_round.stops[0].id), ("R1-1", round.stops[0].id)):
        assert report(phone(), code, stop).status_code == 404
    assert not any(stop.reached_at for round in db.session.scalars(db.select(Round)) for stop in round.stops)


def test_what_comes_too_early_or_too_late_is_told_and_let_go(phone, cast, outing):
    early, over = outing(days=1), outing(days=0)
    acts.close(over, cast["clerk"], 0, version=None, once=None)
    for round in (early, over):
        answer = report(phone(), round.code, round.stops[0].id)
        assert answer.status_code == 409 and answer.get_json()["stop"] == round.stops[0].id and answer.get_json()["error"].endswith(".")


def test_without_session_or_token_the_phone_keeps_its_tap(phone, visit, outing):
    round = outing(days=0)
    assert report(phone(), round.code, round.stops[0].id, token="stale").status_code == 401
    answer = visit().post("/field/sync/presence", data={"round": round.code, "stop": round.stops[0].id})
    assert answer.status_code == 401 and answer.is_json


def test_without_script_the_round_stands_on_top_and_presets_the_village(visit, outing):
    round = outing(days=0)
    client = visit("deputy")
    home = reader.visit(client, "/field")
    assert "Round" in home.text and home.form("/presence").values["stop"] == str(round.stops[0].id)
    reader.send(client, home, "/presence", stop=str(round.stops[1].id))
    form = reader.visit(client, "/field/new").form("/field/new")
    assert (form.values["activity"], form.values["village"]) == (round.code, "v02")
    data = {**form.values, "category": "water", "narrative": "渠道淤堵。"}
    wrong = client.post("/field/new", data={**data, "activity": "R1999-001"})
    assert wrong.status_code == 422 and "We do not know this round." in wrong.text and cases() == []
    client.post("/field/new", data=data)
    assert [(case.activity, case.village.code) for case in cases()] == [(round.code, "v02")]


def test_without_a_round_nothing_is_preset_and_one_can_be_started(visit):
    client = visit("deputy")
    assert "/rounds/now" in reader.visit(client, "/field").html
    form = reader.visit(client, "/field/new").form("/field/new")
    assert form.values["activity"] == "" and form.values["village"] == ""


def test_a_deputy_who_lives_in_a_village_has_the_rounds_of_its_township(app, cast):
    deputy = Person(account="villager", names={"zh": "村"}, role="deputy", area_id=cast.area("v02").id)
    db.session.add(deputy)
    db.session.commit()
    given = {"day": today(), "vehicle": None, "topic": "", "deputies": [deputy]}
    code = acts.plan(cast["clerk"], given, [{"village_id": cast.area("v02").id, "place": "", "planned": None}], None).code
    token = sessions.begin(deputy)
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    assert [round["code"] for round in Phone(client).session["activities"]] == [code]
