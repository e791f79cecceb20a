"""The table of moves, square by square: moves × states × persons."""

import pytest

from fieldapp.cases.case import STATES
from fieldapp.cases.moves import MOVES, open_moves
from fieldapp.cases.performing import OutOfTurn, perform
from tests.cast import ACCOUNTS


@pytest.mark.parametrize("state", STATES)
def test_only_the_people_of_a_row_may_make_its_move_and_only_from_its_states(cast, state):
    case = cast.brings(state)
    assert case.state == state
    for account in [*ACCOUNTS, "resident"]:
        actor = cast.resident if account == "resident" else cast[account]
        offered = {move.name for move in open_moves(case, actor)}
        for move in MOVES:
            if move.name in offered:
                rows = [row for row in MOVES if row.name == move.name]
                assert any(state in row.leaving and actor.role in row.who for row in rows), (move.name, account)
            else:
                with pytest.raises(OutOfTurn):
                    perform(case, move.name, actor, {})
                assert case.state == state
    assert not open_moves(case, cast["stranger"])
    assert not open_moves(case, cast["admin"])


def test_a_move_that_is_refused_says_what_is_possible_instead(app, cast):
    case = cast.brings("handed_over")
    with app.test_request_context("/?lang=en"), pytest.raises(OutOfTurn) as refused:
        perform(case, "handover", cast["chair"], {})
    assert "Urge" in refused.value.sentence and "Handed over" in refused.value.sentence
