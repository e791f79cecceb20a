"""A suggestion goes its statutory way, and no other."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from fieldapp import journal
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db, today
from fieldapp.suggestions import term, urging
from fieldapp.suggestions.acts import begin
from fieldapp.suggestions.moves import MOVES, TABLE
from fieldapp.suggestions.performing import perform
from fieldapp.suggestions.suggestion import STATES, Suggestion
from fieldapp.workflow import OutOfTurn, Stale
from tests.cast import ACCOUNTS

REPLY = {"class": "A", "text": "已列入维修。", "language": "zh", "untalked": "电话里说过"}


def brings(cast, state, *, cosigned=False) -> Suggestion:
    """A suggestion in this state, by the shortest lawful way."""
    found = begin(cast["deputy"], title="修水渠", text="三号条田渠道年久失修，建议整修。")
    db.session.commit()
    if cosigned:
        perform(found, "invitation", cast["deputy"], {"person": cast["deputy2"]})
        perform(found, "signature", cast["deputy2"])
    if state == "withdrawn":
        perform(found, "withdrawal", cast["deputy"], {"reason": "重复"})
    way = [
        ("submitted", "submission", "deputy", {}),
        ("handed_over", "handover", "chair", {"unit": cast.unit(), "months": 3}),
        ("replied", "reply", "unit", REPLY),
    ]
    for reached, move, account, given in way:
        if state in ("draft", "withdrawn") or found.state == state:
            break
        perform(found, move, cast[account], given)
        assert found.state == reached
    if state == "closed":
        perform(found, "opinion", cast["deputy"], {"rating": "satisfied"})
        perform(found, "closing", cast["chair"])
    assert found.state == state
    return found


# Who may make which move in which state: the test's own expectation.
OPEN = {
    "draft": {"deputy": {"text", "invitation", "submission", "withdrawal"}},
    "submitted": {"deputy": {"withdrawal"}, "chair": {"handover", "correction", "withholding"}},
    "handed_over": {
        "deputy": {"talk"},
        "unit": {"talk", "reply", "return"},
        "chair": {"paper_reply", "more_time", "urge", "withholding"},
    },
    "replied": {"deputy": {"opinion"}, "chair": {"withholding"}},
    "closed": {"chair": {"withholding"}},
    "withdrawn": {},
}


@pytest.mark.parametrize("state", STATES)
def test_every_square_of_the_table(cast, state):
    found = brings(cast, state)
    for account in ACCOUNTS:
        assert {move.name for move in TABLE.open_moves(found, cast[account])} == OPEN[state].get(account, set()), account


@pytest.mark.parametrize("seed", range(20))
def test_random_lawful_histories_agree_with_their_timelines(cast, seed):
    chance = random.Random(seed)
    found, moment = brings(cast, "draft"), datetime.now(UTC)
    for _step in range(12):
        moment += timedelta(days=chance.choice([0, 3, 40]))
        with clock_at(moment):
            actors = [cast[account] for account in ACCOUNTS]
            moves = [(move, actor) for actor in actors for move in TABLE.open_moves(found, actor)]
            if not moves:
                break
            move, actor = chance.choice(moves)
            given = {
                **{"title": "修渠", "text": "建议", "reason": "原因", "person": cast["deputy2"], "unit": cast.unit(), "talked_on": today()},
                **{"months": chance.choice([3, 6]), "class": "A", "language": "zh", "untalked": "电话", "note": "说明"},
                "rating": chance.choice(["satisfied", "basically", "not_satisfied"]),
            }
            perform(found, move.name, actor, given)
    entries = journal.of(found.thing)
    assert [later.before for later in entries[1:]] == [earlier.after for earlier in entries[:-1]]
    assert found.state == entries[-1].after
    assert list(findings()) == []


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_open_is_refused_and_changes_nothing(cast, state):
    found = brings(cast, state)
    for account in ACCOUNTS:
        for name in {move.name for move in MOVES if move.leaving} - OPEN[state].get(account, set()):
            with pytest.raises(OutOfTurn) as refused:
                perform(found, name, cast[account], {})
            assert refused.value.sentence
            assert found.state == state


def test_three_months_from_the_handover_and_six_with_a_reason(cast):
    with clock_at(datetime(2026, 11, 30, 4, tzinfo=UTC)):
        found = brings(cast, "handed_over")
        assert found.due == date(2027, 2, 28)
        perform(found, "more_time", cast["chair"], {"reason": "涉及几个部门"})
        assert found.due == date(2027, 5, 30)
        with pytest.raises(OutOfTurn):
            perform(found, "more_time", cast["chair"], {"reason": "再延"})


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert term.after(start, months) == end


def test_not_satisfied_sends_it_back_for_a_month_by_itself_once(cast):
    found = brings(cast, "replied", cosigned=True)
    perform(found, "opinion", cast["deputy2"], {"rating": "not_satisfied", "note": "没有修"})
    assert (found.state, found.again, found.due) == ("handed_over", 1, term.after(today(), 1))
    assert [entry.role for entry in journal.of(found.thing)][-1] == "clock"
    perform(found, "reply", cast["unit"], REPLY)
    perform(found, "opinion", cast["deputy"], {"rating": "not_satisfied", "note": "还是没有修"})
    assert found.state == "replied"
    assert {"again"} <= {move.name for move in TABLE.open_moves(found, cast["chair"])}


def test_the_chair_waits_for_every_sponsor_or_thirty_days(cast):
    found = brings(cast, "replied", cosigned=True)
    perform(found, "opinion", cast["deputy"], {"rating": "satisfied"})
    with pytest.raises(OutOfTurn):
        perform(found, "closing", cast["chair"])
    with clock_at(datetime.now(UTC) + timedelta(days=30)):
        perform(found, "closing", cast["chair"])
    assert found.state == "closed"


def test_an_opinion_is_given_once_and_by_those_who_signed(cast):
    found = begin(cast["deputy"], title="修路", text="建议修路。")
    perform(found, "invitation", cast["deputy"], {"person": cast["deputy2"]})
    perform(found, "submission", cast["deputy"])
    perform(found, "handover", cast["chair"], {"unit": cast.unit(), "months": 3})
    perform(found, "reply", cast["unit"], REPLY)
    with pytest.raises(OutOfTurn):
        perform(found, "opinion", cast["deputy2"], {"rating": "satisfied"})
    perform(found, "opinion", cast["deputy"], {"rating": "satisfied"})
    with pytest.raises(OutOfTurn):
        perform(found, "opinion", cast["deputy"], {"rating": "basically"})


def test_of_two_at_once_one_wins(cast):
    found = brings(cast, "submitted")
    shown = found.version
    perform(found, "handover", cast["chair"], {"unit": cast.unit(), "months": 3}, version=shown)
    with pytest.raises(Stale):
        perform(found, "correction", cast["chair"], {"reason": "不清楚"}, version=shown)


def test_a_form_sent_twice_is_done_once(cast):
    found = brings(cast, "handed_over")
    first = perform(found, "urge", cast["chair"], {}, once="k1")
    assert perform(found, "urge", cast["chair"], {}, once="k1").id == first.id


def test_a_case_goes_on_by_itself_beside_its_suggestion(cast):
    case = cast.brings("accepted")
    found = begin(cast["deputy"], title="修水渠", text="建议整修。", cases=[case])
    db.session.commit()
    assert (case.state, found.cases) == ("accepted", [case])
    assert journal.of(case.thing)[-1].facts == {"number": found.number}
    assert list(findings()) == []


def test_the_database_refuses_a_reply_without_talk_or_reason(cast):
    found = brings(cast, "handed_over")
    with pytest.raises(IntegrityError):
        perform(found, "reply", cast["unit"], {**REPLY, "untalked": ""})


def test_a_suggestion_whose_timeline_lost_its_end_is_named(cast):
    found = brings(cast, "submitted")
    db.session.execute(db.update(Suggestion).values(head="0" * 64))
    db.session.commit()
    assert any(found.number in finding for finding in findings())


@pytest.mark.parametrize(
    ("days_after_due", "stage"), [(-31, None), (-30, -30), (-8, -30), (-7, -7), (0, -7), (1, 1), (30, 1), (31, 31), (61, 61), (90, 61)]
)
def test_urging_falls_due_in_stages(days_after_due, stage):
    due = date(2027, 3, 1)
    assert urging.stage(due, due + timedelta(days=days_after_due)) == stage


def test_the_calendar_urges_once_a_stage_and_not_for_days_switched_off(cast):
    found = brings(cast, "handed_over")

    def urges():
        return sum(entry.act == "urge" for entry in journal.of(found.thing))

    assert (urging.urge_due(), urges()) == (0, 0)
    with clock_at(datetime.now(UTC) + timedelta(days=200)):
        assert [urging.urge_due(), urging.urge_due()] == [1, 0]
    assert urges() == 1
