"""A round on its day, without script: reported, closed, its cases and figures."""

from datetime import timedelta

import pytest
import time_machine

from fieldapp import journal
from fieldapp.database import now, today
from tests import reader
from tests.activities.kept import rounds
from tests.field.phone import Phone, a_record


def test_here_twice_keeps_the_first_time(visit, outing):
    round = outing()
    code, first = round.code, round.stops[0].id
    client = visit("deputy")
    page = reader.visit(client, f"/rounds/{code}")
    once = page.form("/presence").values
    reader.send(client, page, "/presence")
    at = rounds()[0].stops[0].reached_at
    with time_machine.travel(now() + timedelta(minutes=5)):
        again = reader.read(client.post(f"/rounds/{code}/presence", data={**once, "once": "another"}, follow_redirects=True))
    assert "The first time stands." in again.text and rounds()[0].stops[0].reached_at == at and rounds()[0].here.id == first
    assert [entry.act for entry in journal.of(rounds()[0].thing)] == ["planned", "here"]


def test_nobody_is_at_a_stop_before_the_day_or_after_the_end(visit, outing, cast):
    early, over = outing(days=1), outing()
    client = visit("clerk")
    assert "I am here now" in reader.visit(client, f"/rounds/{over.code}").text
    token = reader.visit(client, f"/rounds/{over.code}").form("/presence").values["csrf_token"]
    assert "I am here now" not in reader.visit(client, f"/rounds/{early.code}").text
    reply = client.post(f"/rounds/{early.code}/presence", data={"stop": early.stops[0].id, "csrf_token": token})
    assert reply.status_code == 409 and "This round is on" in reply.text
    reader.send(client, reader.visit(client, f"/rounds/{over.code}"), "/closing", heard="3")
    reply = client.post(f"/rounds/{over.code}/presence", data={"stop": over.stops[0].id, "csrf_token": token})
    assert reply.status_code == 409 and "was closed on" in reply.text
    assert not any(stop.reached_at for round in rounds() for stop in round.stops)


def test_a_stop_of_another_round_is_not_this_ones(visit, outing):
    one, other = outing(), outing()
    client = visit("clerk")
    token = reader.visit(client, f"/rounds/{one.code}").form("/presence").values["csrf_token"]
    for stop in (other.stops[0].id, 0, "x", ""):
        assert client.post(f"/rounds/{one.code}/presence", data={"stop": stop, "csrf_token": token}).status_code == 404


def test_a_deputy_acts_on_their_own_rounds_alone(visit, outing):
    round = outing(deputies=("deputy2",))
    client = visit("deputy")
    page = reader.visit(client, f"/rounds/{round.code}")
    assert page.status == 200 and not page.offers("/presence") and not page.offers("/closing") and not page.offers("/stops")
    token = reader.visit(client, "/rounds/now").form("/now").values["csrf_token"]
    for noun in ("presence", "stops", "closing"):
        data = {"csrf_token": token, "stop": round.stops[0].id, "heard": 3, "village": "v01"}
        assert client.post(f"/rounds/{round.code}/{noun}", data=data).status_code == 404
    assert client.get(f"/rounds/{round.code}/plan").status_code == 404


def test_closing_asks_for_a_whole_number(visit, outing):
    round = outing()
    client = visit("chair")
    for wrong in ("", "many", "-1", "10000"):
        page = reader.send(client, reader.visit(client, f"/rounds/{round.code}"), "/closing", heard=wrong)
        assert page.status == 422 and "number" in page.text
    assert rounds()[0].closed_at is None


def test_a_round_is_closed_once_and_its_figures_are_counted_from_its_cases(visit, outing, cast):
    round = outing()
    for narrative in ("水渠堵了。", "路灯不亮。", "垃圾没人清。"):
        case = cast.logs(activity=round.code, narrative=narrative)
    cast.does("deputy", case, "on_the_spot", text="明天清运。", language="zh", **{"class": "A"})
    client, other = visit("clerk"), visit("chair")
    page, late = (reader.visit(one, f"/rounds/{round.code}") for one in (client, other))
    done = reader.send(client, page, "/closing", heard="12")
    assert "People heard: 12; cases logged: 3; answered on the spot: 1." in done.text and not done.offers("/closing")
    refused = reader.send(other, late, "/closing", heard="99")
    assert refused.status == 409 and "This round was closed on" in refused.text and rounds()[0].heard == 12
    assert not reader.visit(client, f"/rounds/{round.code}/plan").offers("/plan")
    cast.logs(activity=round.code, narrative="手机晚到的一件。")
    assert "4 Cases logged" in reader.visit(client, f"/rounds/{round.code}").text


def test_a_round_to_come_cannot_be_closed(visit, outing):
    round = outing(days=2)
    page = reader.visit(visit("chair"), f"/rounds/{round.code}")
    assert not page.offers("/closing") and page.offers("/stops")


def test_its_cases_are_listed_for_those_who_reach_them(visit, outing, cast):
    round = outing(deputies=("deputy", "deputy2"))
    mine, hers = cast.logs(activity=round.code), cast.logs("deputy2", activity=round.code)
    other = cast.logs()
    page = reader.visit(visit("clerk"), f"/rounds/{round.code}").html
    assert mine.number in page and hers.number in page and other.number not in page
    page = reader.visit(visit("deputy"), f"/rounds/{round.code}").html
    assert mine.number in page and hers.number not in page
    ledger = reader.visit(visit("chair"), f"/ledger?activity={round.code}").html
    assert mine.number in ledger and hers.number in ledger and other.number not in ledger
    assert f"/rounds/{round.code}" in reader.visit(visit("chair"), f"/cases/{mine.number}").html


def test_the_list_goes_month_by_month_and_nonsense_is_this_month(visit, outing):
    round = outing(topic="Water")
    client = visit("chair")
    assert round.code in reader.visit(client, "/rounds").html
    for nonsense in ("x", "2026-13", "0001-01", "9999-01"):
        assert round.code in reader.visit(client, f"/rounds?m={nonsense}").html
    assert round.code not in reader.visit(client, "/rounds?m=2020-12").html


def test_the_stranger_finds_no_round_and_the_county_figures_only(visit, outing, cast):
    round = outing(topic="A topic of our own")
    cast.logs(activity=round.code)
    for account in ("stranger", "county", "unit", "admin"):
        for path in (f"/rounds/{round.code}", f"/rounds/{round.code}/plan"):
            assert visit(account).get(path).status_code == 404, (account, path)
    assert round.code not in reader.visit(visit("stranger"), "/rounds").html
    page = reader.visit(visit("county"), "/rounds")
    assert round.code not in page.html and "A topic of our own" not in page.html and "deputy" not in page.text
    row = [" ".join("".join(cell.itertext()).split()) for cell in page.elements("td")][:6]
    assert row == ["here", "1", "0", "0", "1", "0"]


def test_a_deputy_starts_a_round_in_the_field_and_goes_on(visit, cast):
    client = visit("deputy")
    page = reader.visit(client, "/rounds/now")
    assert reader.send(client, page, "/now", village="").status == 422
    assert reader.send(client, page, "/now", village="v11").status == 422 and rounds() == []
    reader.send(client, page, "/now", village="v02", place="the orchard")
    reader.send(client, page, "/now", village="v02", place="the orchard")
    (round,) = rounds()
    assert (round.day, round.deputies, round.here.village.code) == (today(), [cast["deputy"]], "v02")
    again = reader.send(client, reader.visit(client, "/rounds/now"), "/now", village="v01")
    assert again.status == 409 and "You are on a round today" in again.text and len(rounds()) == 1
    page = reader.send(client, reader.visit(client, f"/rounds/{round.code}"), "/stops", village="v01", place="the square")
    assert "the square" in page.text and [stop.village.code for stop in rounds()[0].stops] == ["v02", "v01"]
    assert reader.send(client, page, "/closing", heard="4").status == 200 and rounds()[0].heard == 4


def test_paper_from_a_round_belongs_to_it(visit, outing, cast):
    mine, ahead = outing(topic="Water"), outing(days=3)
    client = visit("clerk")
    page = reader.visit(client, "/cases/new")
    assert mine.code in page.html and ahead.code not in page.html
    typed = {
        "source": "paper",
        "deputy_id": str(cast["deputy"].id),
        "category": str(cast.category().id),
        "village": str(cast.area("v01").id),
        "narrative": "渠道淤堵。",
    }
    wrong = reader.send(client, page, "/cases/new", **typed, activity="R1999-001")
    assert wrong.status == 422 and "Please choose one of these." in wrong.text
    reader.send(client, page, "/cases/new", **typed, activity=mine.code)
    assert mine.code in reader.visit(client, f"/ledger?activity={mine.code}").html
    assert "1 Cases logged" in reader.visit(client, f"/rounds/{mine.code}").text


@pytest.mark.parametrize("lang", ["zh", "ug"])
def test_every_page_reads_in_the_readers_language(visit, outing, cast, lang):
    round = outing(topic="Water", vehicle="Car 1")
    for account, paths in {
        "chair": ("/rounds", "/rounds/new", f"/rounds/{round.code}", f"/rounds/{round.code}/plan"),
        "deputy": ("/rounds/now",),
        "county": ("/rounds",),
    }.items():
        for path in paths:
            page = reader.visit(visit(account, lang), path)
            assert page.status == 200


def test_a_round_is_called_off_with_its_reason_and_its_deputies_read_it(visit, outing):
    code = outing(vehicle="新Q-1").code
    client, phone = visit("clerk"), visit("deputy")
    page = reader.visit(client, f"/rounds/{code}")
    empty = reader.send(client, page, "/calling-off", reason=" ")
    assert empty.status == 422 and rounds()[0].called_off is None
    done = reader.send(client, page, "/calling-off", reason="道路封闭")
    assert "This round does not take place: \u2068道路封闭" in done.text and "called the round off: \u2068道路封闭" in done.text
    assert not any(done.offers(ending) for ending in ("/calling-off", "/closing", "/stops", "/presence"))
    assert "does not take place: \u2068道路封闭" in reader.visit(phone, "/field").text
    (carried,) = phone.get("/field/session").json["activities"]
    assert carried["closed"] and carried["called_off"] == "道路封闭"
    assert code not in reader.visit(phone, "/field/new").html and "Called off" in reader.visit(client, "/rounds").text
    assert reader.visit(phone, "/rounds/now").form("/now")
    # Its vehicle is free for another round of the same day.
    assert outing(vehicle="新Q-1").vehicle == "新Q-1"


def test_a_round_that_has_begun_is_closed_and_not_called_off(visit, outing):
    round = outing()
    client, deputy = visit("chair"), visit("deputy")
    page = reader.visit(client, f"/rounds/{round.code}")
    reader.send(deputy, reader.visit(deputy, f"/rounds/{round.code}"), "/presence")
    late = reader.send(client, page, "/calling-off", reason="下雨")
    assert late.status == 409 and "changed the round" in late.text
    values = {**page.form("/calling-off").values, "version": rounds()[0].version, "once": "another", "reason": "下雨"}
    late = reader.read(client.post(f"/rounds/{round.code}/calling-off", data=values))
    assert late.status == 409 and "close the round instead" in late.text and rounds()[0].called_off is None
    assert not reader.visit(client, f"/rounds/{round.code}").offers("/calling-off")
    assert not reader.visit(deputy, f"/rounds/{round.code}").offers("/calling-off")


def test_what_a_phone_kept_for_a_round_called_off_meanwhile_is_not_lost(visit, outing, cast):
    round = outing()
    client, deputy = visit("clerk"), visit("deputy")
    reader.send(client, reader.visit(client, f"/rounds/{round.code}"), "/calling-off", reason="下雨。")
    phone = Phone(deputy)
    assert phone.sync(a_record(activity=round.code)).status_code == 201
    told = {"round": round.code, "stop": round.stops[0].id}
    reply = deputy.post("/field/sync/presence", data=told, headers={"X-CSRF-Token": phone.token})
    assert reply.status_code == 409 and reply.json["stop"] == told["stop"] and "was called off: 下雨。" in reply.json["error"]
