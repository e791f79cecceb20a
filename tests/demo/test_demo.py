"""The demonstration: an invented township in an empty database, and nowhere else."""

from datetime import timedelta

import pytest

from fieldapp.activities import figures
from fieldapp.activities.round import Round
from fieldapp.cases import joining, lookback, promises
from fieldapp.cases.case import STATES, Case
from fieldapp.cases.clocks import light_of
from fieldapp.cases.verifying import findings
from fieldapp.database import db, today
from fieldapp.demo.township import read
from fieldapp.people.person import Person


def test_every_story_stands_where_it_says_it_does(app):
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    cases = list(db.session.scalars(db.select(Case).order_by(Case.id)))
    stories = read("stories")["stories"]
    assert [case.state for case in cases[: len(stories)]] == [story["state"] for story in stories]
    assert [case.state for case in cases[len(stories) :]] == ["merged", "merged", "confirmed"]
    assert {case.state for case in cases} == set(STATES)
    assert {light_of(case) for case in cases} >= {"green", "red"}
    assert list(findings()) == []


def test_it_says_the_same_when_repeated_and_invents_nothing_twice(app):
    first, second = (app.test_cli_runner().invoke(args=["demo"]).output for _time in range(2))
    assert first == second and "/s/" in first and "stranger" in first
    assert db.session.scalar(db.select(db.func.count()).select_from(Case)) == 25


def test_one_of_its_rounds_is_today_and_matters_belong_to_the_others(app):
    app.test_cli_runner().invoke(args=["demo"])
    rounds = list(db.session.scalars(db.select(Round)))
    (today_s,) = [round for round in rounds if round.is_today]
    assert today_s.here and not today_s.is_closed and any(stop.reached_at is None for stop in today_s.stops)
    assert sum(found.cases for found in figures.each(rounds).values()) >= 5
    assert any(round.is_closed for round in rounds) and any(round.day > today_s.day for round in rounds)


def test_a_promise_is_due_soon_and_there_is_a_place_to_look_at_again(app):
    app.test_cli_runner().invoke(args=["demo"])
    people = {person.account: person for person in db.session.scalars(db.select(Person))}
    assert lookback.list_of(people["deputy"])
    (soon,) = db.session.scalars(db.select(Case).where(promises.standing(today() + timedelta(days=7))))
    assert not list(db.session.scalars(db.select(Case).where(promises.standing(today()))))
    assert joining.supporters(db.session.scalar(db.select(Case).where(Case.id.in_(db.select(Case.joined_id))))) == 3
    assert soon.unit is not None


def test_a_database_with_real_data_is_left_alone(app, cast):
    for area in (cast.area("county"), cast.area("here"), cast.area("there")):
        area.demonstration = False
    db.session.commit()
    before = db.session.scalar(db.select(db.func.count()).select_from(Person))
    result = app.test_cli_runner().invoke(args=["demo"])
    assert "real data" in result.output
    assert db.session.scalar(db.select(db.func.count()).select_from(Person)) == before


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])
def test_it_listens_to_nobody_else(app, monkeypatch, host):
    monkeypatch.setenv("HOST", host)
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1 and "this machine alone" in result.output
