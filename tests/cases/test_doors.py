"""Every move has a door on a page, for those who may make it, and for nobody else."""

import random

import pytest

from fieldapp.cases.moves import MOVES, open_moves
from tests.cases.test_histories import step_on
from tests.reader import visit as read

# Doors that stand on pages of their own.
ELSEWHERE = {"contact_look", "suggestion", "succession"}


@pytest.mark.parametrize("seed", range(4))
def test_a_page_offers_what_is_open_and_nothing_else(cast, visit, seed):
    chance = random.Random(seed)
    case = cast.logs(chance.choice(["deputy", "clerk"]))
    for _step in range(8):
        for account in ("deputy", "chair", "unit", "clerk"):
            page = read(visit(account), f"/cases/{case.number}")
            if page.status == 404:
                continue
            named = {move.name for move in open_moves(case, cast[account])} - ELSEWHERE
            offered = {move.name for move in MOVES if page.offers(f"/{case.number}/{move.name}")}
            assert offered == named, (account, case.state)
        step_on(cast, case, chance)
