"""POST /field/rounds: what a deputy did with a round where there was no signal, as the station takes it."""

from datetime import timedelta

import pytest

from fieldapp import journal
from fieldapp.activities import acts
from fieldapp.activities.round import Round
from fieldapp.cases.case import Case
from fieldapp.cases.intake import new_key
from fieldapp.database import db, today
from tests.activities.conftest import outing
from tests.field.phone import Phone, a_record

__all__ = ["outing"]


def cases() -> list[Case]:
    return list(db.session.scalars(db.select(Case).order_by(Case.id)))


def rounds() -> list[Round]:
    return list(db.session.scalars(db.select(Round).order_by(Round.id)))


def done(round: Round) -> list[str]:
    return [entry.act for entry in journal.of(round.thing)]


def tell(phone: Phone, step: str, key: str | None = None, token: str | None = None, **given):
    data = {"id": key or new_key(), "step": step, "at": f"{today()}T09:30:00+08:00", **given}
    return phone.client.post("/field/rounds", data=data, headers={"X-CSRF-Token": token or phone.token})


def begin(phone: Phone, key: str | None = None, token: str | None = None, **given):
    return tell(phone, "started", key, token, **{"village": "v01", "place": "square", "topic": "water", **given})


def test_a_round_begun_without_signal_has_its_stops_its_cases_and_its_end(phone):
    deputy, key = phone(), new_key()
    said = begin(deputy, key)
    assert said.status_code == 201 and said.get_json()["id"] == key
    assert tell(deputy, "here", round=key, village="v02", place="").status_code == 201
    assert deputy.sync(a_record(activity=key)).get_json()["activity"] == said.get_json()["round"]["code"]
    assert tell(deputy, "ended", round=key, heard="7").status_code == 201
    [round] = rounds()
    assert done(round) == ["started", "here", "closed"] and round.heard == 7 and round.topic == "water"
    assert [(stop.village.code, stop.place, stop.by_the_phone) for stop in round.stops] == [
        ("v01", "square", "09:30"),
        ("v02", "", "09:30"),
    ]
    assert [case.activity for case in cases()] == [round.code]
    assert [one["code"] for one in deputy.client.get("/field/session").get_json()["activities"]] == [round.code]


def test_each_step_counts_once_however_often_it_is_sent(phone):
    deputy, keys = phone(), [new_key() for _ in range(3)]
    for status in (201, 200, 200):
        assert begin(deputy, keys[0]).status_code == status
        assert tell(deputy, "here", keys[1], round=keys[0], village="v02").status_code == status
    for status in (201, 200, 200):
        assert tell(deputy, "ended", keys[2], round=keys[0], heard="3").status_code == status
    [round] = rounds()
    assert done(round) == ["started", "here", "closed"] and len(round.stops) == 2


def test_of_two_deputies_on_a_round_the_first_word_stands_and_the_second_is_told(phone, outing):
    round = outing(deputies=("deputy", "deputy2"))
    one, other = phone(), phone("deputy2")
    stop = round.stops[0].id
    assert [tell(who, "here", round=round.code, stop=stop, village="v01").status_code for who in (one, other)] == [201, 200]
    assert [tell(who, "here", round=round.code, village="v02", place="mill").status_code for who in (one, other)] == [201, 200]
    assert tell(other, "ended", round=round.code, heard="4").status_code == 201
    late = tell(one, "ended", round=round.code, heard="9")
    assert late.status_code == 409 and late.get_json()["error"].startswith("This round was closed on")
    db.session.refresh(round)
    assert round.heard == 4 and len(round.stops) == 3 and done(round) == ["planned", "here", "here", "closed"]


def test_a_stop_that_was_taken_off_the_plan_meanwhile_is_a_stop_all_the_same(phone, cast, outing):
    round = outing()
    gone = round.stops[1].id
    acts.alter(round, cast["clerk"], {}, [], version=None, once=None)
    assert tell(phone(), "here", round=round.code, stop=gone, village="v02", place="").status_code == 201
    assert [stop.village.code for stop in db.session.get_one(Round, round.id).stops] == ["v02"]


def test_a_round_called_off_meanwhile_is_told_and_its_cases_stand_without_it(phone, cast, outing):
    round = outing()
    acts.call_off(round, cast["clerk"], "road closed", version=None, once=None)
    deputy = phone()
    for step, given in (("here", {"village": "v01"}), ("ended", {"heard": "1"})):
        answer = tell(deputy, step, round=round.code, **given)
        assert answer.status_code == 409 and "road closed" in answer.get_json()["error"]
    record = a_record(activity=round.code)
    for status in (201, 200):
        answer = deputy.sync(record)
        assert answer.status_code == status and answer.get_json()["activity"] is None
    assert [case.activity for case in cases()] == [None] and done(round) == ["planned", "called_off"]


@pytest.mark.parametrize("which", ["another deputy's", "another township's", "one that nobody began", "another deputy's start"])
def test_a_round_that_is_not_ones_own_is_unknown_and_a_case_stands_without_it(phone, cast, outing, which):
    deputy, key = phone(), new_key()
    if which == "another deputy's start":
        assert begin(phone("deputy2"), key).status_code == 201
    names = {
        "another deputy's": lambda: outing(deputies=("deputy2",)).code,
        "another township's": lambda: "R1999-001",
    }
    name = names.get(which, lambda: key)()
    for step, given in (("here", {"village": "v01"}), ("ended", {"heard": "1"})):
        answer = tell(deputy, step, round=name, **given)
        assert answer.status_code == 404 and answer.get_json()["error"].endswith(".")
    if which != "another township's":
        answer = deputy.sync(a_record(activity=name))
        assert answer.status_code == 201 and answer.get_json()["activity"] is None
    assert not any(stop.reached_at for round in rounds() for stop in round.stops if round.recorded_by_id == cast["clerk"].id)


def test_a_round_begun_days_ago_keeps_its_day_and_a_wrong_clock_gets_the_day_it_arrives(phone):
    deputy = phone()
    said = [
        (f"{today() - timedelta(days=2)}T23:10:00+08:00", today() - timedelta(days=2)),
        (f"{today() - timedelta(days=3)}T23:10:00+06:00", today() - timedelta(days=2)),
        ("1970-01-01T00:00:00Z", today()),
        (f"{today() + timedelta(days=400)}T00:00:00Z", today()),
        ("yesterday", today()),
    ]
    for at, _day in said:
        assert begin(deputy, at=at).status_code == 201
    assert [round.day for round in rounds()] == [day for _at, day in said]


def test_a_round_of_a_day_to_come_cannot_be_begun_or_ended(phone, outing):
    round = outing(days=1)
    for step, given in (("here", {"village": "v01"}), ("ended", {"heard": "1"})):
        answer = tell(phone(), step, round=round.code, **given)
        assert answer.status_code == 409 and answer.get_json()["error"].startswith("This round is on")
    assert len(db.session.get_one(Round, round.id).stops) == 2


@pytest.mark.parametrize(
    ("step", "given", "wrong"),
    [
        ("started", {"village": "v99"}, ["village"]),
        ("started", {"village": "v01", "place": "x" * 81}, ["place"]),
        ("started", {"village": "v01", "topic": "call 13812345678"}, ["topic"]),
        ("ended", {"heard": "many"}, ["heard"]),
        ("ended", {"heard": "-1"}, ["heard"]),
        ("left", {}, ["id"]),
        ("started", {"village": "v01", "id": "7"}, ["id"]),
    ],
)
def test_what_does_not_fit_is_told_by_field_and_nothing_is_kept(phone, step, given, wrong):
    deputy, key = phone(), new_key()
    begin(deputy, key)
    answer = tell(deputy, step, round=key, **given)
    assert answer.status_code == 422 and list(answer.get_json()["errors"]) == wrong
    assert [done(round) for round in rounds()] == [["started"]]


def test_anothers_id_is_refused_and_nothing_told(phone, cast):
    key = new_key()
    assert begin(phone("deputy2"), key).status_code == 201
    answer = begin(phone(), key)
    assert answer.status_code == 403 and answer.get_json() == {"id": key, "error": "not_allowed"}
    logged = new_key()
    journal.record("case:1", "log", cast["deputy"], once=logged)
    db.session.commit()
    assert begin(phone(), logged).status_code == 403 and len(rounds()) == 1


def test_without_session_or_token_the_phone_keeps_its_step(phone, visit):
    assert begin(phone(), token="stale").status_code == 401
    answer = visit().post("/field/rounds", data={"id": new_key(), "step": "started", "village": "v01"})
    assert answer.status_code == 401 and answer.is_json and rounds() == []
