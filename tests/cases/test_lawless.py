"""Everybody tries everything at any moment: what is not theirs to do changes nothing, and no state is reached that no law leads to."""

import os
import random
from collections import Counter
from datetime import timedelta

from fieldapp import journal
from fieldapp.cases import assistance, lookback
from fieldapp.cases.move import Clock, Resident
from fieldapp.cases.moves import MOVES, open_move
from fieldapp.cases.performing import OutOfTurn, perform
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db, now
from tests.access.principals import ROLES, arrive
from tests.cases.test_histories import FREQUENT, _agrees, _given, step_on
from tests.cast import ACCOUNTS

TRIES = int(os.environ.get("FAULT_TRIES", "1500"))
IN_ONE_LIFE = 75
# As often somebody does what is open, so that matters come along.
LAWFUL = 0.15
NAMES = sorted({move.name for move in MOVES})
# Written apart from the table: what the holder of the slip alone may say, and what nobody of the house decides alone.
RESIDENTS = {"verdict", "rating", "remark", "reopening"}
PRESIDES = {"settlement", "handover", "due_date", "supervision", "merge", "extension_grant", "escalation", "guidance"}
BY_ITSELF = {"promise", "relapse", "calendar", "urge", "succession", "unmerge"}


def everybody(cast) -> list:
    return [*(cast[account] for account in (*ACCOUNTS, *ROLES)), Resident(), Resident(), Clock()]


def is_theirs(case, actor) -> bool:
    """Whose matter it is, before the act."""
    assisting = {row.unit_id for row in assistance.present(case)}
    match actor.role:
        case "deputy":
            return case.deputy_id == actor.id or actor.id in {row.assignee_id for row in lookback.pending(case)}
        case "clerk" | "chair":
            return case.township_id == actor.area_id
        case "unit":
            return bool(actor.unit_ids & {case.unit_id, *assisting})
        case "county":
            return case.level == "county" and case.township.parent_id == actor.area_id
    return actor.role in ("resident", "clock", "admin")


def test_whoever_tries_whatever_reaches_no_illegal_state_and_nobody_but_the_slips_holder_gives_a_verdict(cast):
    arrive(cast)
    chance, made, refused, everyone = random.Random(42), Counter(), 0, everybody(cast)
    for life in range(TRIES // IN_ONE_LIFE):
        case, moment = cast.logs(chance.choice(["deputy", "clerk"])), now()
        for _try in range(IN_ONE_LIFE):
            moment += timedelta(hours=chance.choice([0, 0, 1, 30, 200]))
            if chance.random() < LAWFUL:
                with clock_at(moment):
                    step_on(cast, case, chance)
            actor, name = chance.choice(everyone), chance.choice(NAMES)
            if name in FREQUENT and chance.random() < 0.9:
                continue
            known, theirs, given = (case.version, case.head), False, {}
            with clock_at(moment):
                if open_move(case, actor, name):
                    theirs, given = is_theirs(case, actor), _given(cast, case, chance, name)
                try:
                    entry = perform(case, name, actor, given)
                except OutOfTurn:
                    db.session.rollback()
                    refused += 1
                    assert (case.version, case.head) == known
                    continue
            made[name] += 1
            assert theirs, (name, actor.role, getattr(actor, "account", ""))
            assert entry.role == actor.role and (name not in RESIDENTS or actor.role == "resident"), (name, actor.role)
            assert name not in PRESIDES or actor.role in ("chair", "county") or (name, actor.role) == ("guidance", "deputy")
            assert actor.role != "clock" or name in BY_ITSELF
        _agrees(case)
        spoken = [one for one in journal.of(case.thing) if one.act in RESIDENTS]
        assert all(one.role == "resident" and one.actor_id is None for one in spoken), life
    assert list(findings()) == []
    assert refused > made.total() and len(made) > 4
