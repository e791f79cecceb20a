"""Random lawful histories over all moves: no illegal state, and the case is what its timeline tells."""

import itertools
import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from fieldapp import journal
from fieldapp.cases import blurring, choosing, contacts, pictures
from fieldapp.cases.case import OPEN, STATES, Case
from fieldapp.cases.clocks import RUNNING
from fieldapp.cases.comparing import SAME
from fieldapp.cases.move import Clock
from fieldapp.cases.moves import MOVES, open_moves
from fieldapp.cases.performing import perform
from fieldapp.cases.replaying import replay
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, day_of, db, today
from fieldapp.people.person import Mandate
from fieldapp.places import registering
from fieldapp.places.calendar import WorkingCalendar
from fieldapp.places.kinds import KINDS
from tests.cases.test_pictures import drawn
from tests.cast import ACCOUNTS

HISTORIES = int(os.environ.get("FAULT_HISTORIES", "500"))
IN_ONE_DATABASE = 25
OFFICERS = {"water": "unit", "roads": "unit2"}


# Open nearly always, or the end of a case: the others need room.
FREQUENT = {"withdrawal", "guidance", "remark", "contact_look", "suggestion", "merge", "merge_proposal"}
# How often each move was made, over the whole run.
MADE: Counter = Counter()


@pytest.mark.parametrize("seed", range(HISTORIES // IN_ONE_DATABASE))
def test_random_lawful_histories_reach_no_illegal_state(cast, seed):
    _live(cast, seed, IN_ONE_DATABASE)
    assert list(findings()) == []


def test_every_move_of_the_table_was_made(cast):
    names, seed = {move.name for move in MOVES}, HISTORIES
    while not names <= set(MADE) and seed < HISTORIES + 200:
        _live(cast, seed, 1)
        seed += 1
    missing = names - set(MADE)
    assert not missing, f"never made: {sorted(missing)}"


def _live(cast, seed, histories):
    chance = random.Random(seed)
    # In a third of the counties nobody of the county congress works with the program.
    cast["county"].active = seed % 3 != 0
    cast["chair"].active = True
    # Each on days of its own, over two years: which day it is today changes nothing.
    begun = datetime(2026, 1, 5, 4, tzinfo=UTC) + timedelta(days=17 * seed % 700)
    # In a quarter the deputy's mandate has ended: somebody else takes the cases over.
    cast["deputy"].mandates[0].ends = day_of(begun) - timedelta(days=1) if seed % 4 == 1 else None
    db.session.commit()
    for history in range(histories):
        if seed % 4 == 1 and history == histories // 2:
            _end_the_mandate(cast, day_of(begun))
        moment = begun
        with clock_at(moment):
            case = _logged(cast, chance)
        for _step in range(chance.randint(3, 16)):
            moment += timedelta(hours=chance.choice([1, 1, 30, 30, 200, 200, 800]))
            with clock_at(moment):
                step_on(cast, case, chance)
        _agrees(case)


def _end_the_mandate(cast, day):
    """From this day on somebody else looks after the deputy's cases."""
    db.session.execute(db.update(Mandate).where(Mandate.person_id == cast["deputy"].id).values(ends=day - timedelta(days=1)))
    db.session.commit()


def _agrees(case):
    """What the timeline tells is what the row says, the days that follow from the calendar included."""
    entries = journal.of(case.thing)
    MADE.update(entry.act for entry in entries)
    for earlier, later in itertools.pairwise(entries):
        assert later.before == earlier.after
    course, calendar = replay(entries, day_of), WorkingCalendar.of(case.township)
    told = {column: getattr(course, name) for column, name in SAME.items()}
    assert told == {column: getattr(case, column) for column in SAME}, [entry.act for entry in entries]
    assert course.state == case.state and course.deputy == case.deputy_id
    if case.state in RUNNING:
        assert case.amber == course.amber(calendar)
        assert case.limit_days is None or case.due == calendar.after(case.clock_from, case.limit_days)
    if case.state in OPEN:
        assert case.resident_due == course.resident_due(calendar)


def _logged(cast, chance) -> Case:
    """By deputy or clerk, from the old paper ledger; some with a contact."""
    if chance.random() < 0.1:
        paper = {"unit": cast.unit(), "due": today() + timedelta(days=20), "summary": "摘要"}
        case = cast.logs("clerk", handed_to=paper)
    else:
        case = cast.logs(chance.choice(["deputy", "clerk"]), kind=chance.choice(list(KINDS)))
    if chance.random() < 0.2:
        contacts.seal_contact(case, {"name": "某某", "phone": "0998-000-0199", "share_with_unit": True})
    if chance.random() < 0.1:
        pictures.store(drawn(), case=case, purpose="matter", author=cast["deputy"])
    db.session.commit()
    return case


def step_on(cast, case, chance):
    """Somebody who may, does something that is open; or the county's calendar changes."""
    if chance.random() < 0.05:
        return _change_the_calendar(cast, case, chance)
    for actor in _in_turn(cast, case, chance):
        moves = [move for move in open_moves(case, actor) if move.name not in FREQUENT or chance.random() < 0.1]
        if moves:
            move = chance.choice(moves)
            if chance.random() < 0.6:
                move = min(moves, key=lambda move: MADE[move.name])
            given = _given(cast, case, chance, move.name)
            if move.name == "on_the_spot":
                given["class"] = chance.choice("AD")
            perform(case, move.name, actor, given)
            assert case.state in STATES
            return


def _in_turn(cast, case, chance):
    """In any order; now and then whoever has the rarest move comes first."""
    everybody = [*ACCOUNTS, cast.resident, cast.resident, Clock()]
    chance.shuffle(everybody)
    if chance.random() < 0.4:
        everybody = [cast[who] if isinstance(who, str) else who for who in everybody]
        everybody.sort(key=lambda actor: min((MADE[move.name] for move in open_moves(case, actor)), default=10**6))
    for who in everybody:
        yield cast[who] if isinstance(who, str) else who


def _change_the_calendar(cast, case, chance):
    """Some day before the due one becomes what it was not."""
    county, days = cast.area("county"), (case.due - today()).days if case.due else 20
    day = today() + timedelta(days=chance.randint(1, max(1, days)))
    given = {"day": day, "works": not WorkingCalendar.of(county).works(day), "names": {"zh": "地方假日"}}
    registering.set_day(cast["admin"], county, given, None)
    db.session.commit()


def _given(cast, case, chance, name) -> dict:
    """Facts for any move; each takes those it knows."""
    lacking = [code for code in ("zh", "ug", "en") if case.answer is None or case.answer.words(code) is None]
    unit = cast.unit(chance.choice(["water", "roads"]))
    assisting = [cast.unit(code) for code in ("water", "roads") if chance.random() < 0.4]
    chosen = {"limit": chance.choice([3, 15, 30])} if chance.random() < 0.7 and "handover" in name else {}
    rare = {"slip": _blank_slip, "suggestion": _suggestion, "merge": _another, "merge_proposal": _another}
    for photo in choosing.photos(case)[: name == "blur"]:
        chosen = {"photo": photo, "drawn": blurring.blur(photo, [0])}
    if make := rare.get(name):
        chosen["joined" if "merge" in name else name] = make(cast, case)
    return {
        "summary": "摘要",
        "report_due": today() + timedelta(days=5),
        "report": "正在办",
        "reply": "请抓紧",
        "successor": cast["deputy2"],
        "unit": unit,
        "units": assisting,
        "assisting": assisting,
        "asked": "请提意见",
        "due": None if "limit" in chosen else today() + timedelta(days=9),
        "until": max(today(), case.due or today()) + timedelta(days=chance.randint(1, 20)),
        "stage": "late-1",
        "officer": cast[OFFICERS[(case.unit or unit).code]],
        "reason": "原因",
        "class": chance.choice("AADD" if name == "on_the_spot" else "ABCD"),
        "promised": today() + timedelta(days=chance.choice([5, 30])),
        "text": "答复",
        "language": (lacking or ["zh"])[0],
        "note": "看过",
        "channel": "call",
        "told_on": today(),
        "uninspected": "无法到场",
        "where": "法院",
        "why": "属于诉讼",
        "solved": chance.random() < 0.5,
        "rating": "satisfied",
        "remark": "谢谢",
        "opinion": "请协调",
        "advice": "镇里办",
        "result": chance.choice(["holds", "relapsed", "relapsed", "impossible"]),
        "person": cast["deputy2"],
        **chosen,
    }


def _another(cast, case):
    """An open case which both of those who may merge reach."""
    other = db.session.scalar(db.select(Case).where(Case.state.in_(OPEN), Case.id != case.id, Case.level == case.level).limit(1))
    if other is None:
        other = cast.logs()
        if case.level == "county":
            cast.does("chair", other, "escalation", opinion="请协调")
    return other


def _blank_slip(cast, case):
    from fieldapp.slips.codes import pool_for

    return pool_for(cast["deputy"])[0]


def _suggestion(cast, case):
    from fieldapp.suggestions.acts import begin

    return begin(cast["deputy"], title="建议", text="建议整修。")
