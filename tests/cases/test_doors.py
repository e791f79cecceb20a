"""Every move has a door on a page, for those who may make it, and for nobody else."""

import random

import pytest

from fieldapp.cases.moves import MOVES, open_moves
from tests.cases.test_histories import step_on
from tests.reader import visit as read

# Doors that stand on pages of their own.
ELSEWHERE = {"contact_look", "suggestion", "succession", "blur"}


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


def test_of_many_steps_the_rare_ones_are_folded_away_and_none_is_lost(cast, visit):
    page = visit("chair").get(f"/cases/{cast.brings('handed_over').number}").get_data(as_text=True)
    usual, rare = page.split('<div class="moves" id="moves">')[1].split('<details class="moves__rare">')
    names = {name: f"move-{name}" for name in ("urge", "supervision", "paper_answer", "due_date", "assistance")}
    assert [name for name, door in names.items() if f'id="{door}"' in usual] == ["urge", "supervision", "paper_answer"]
    assert [name for name, door in names.items() if f'id="{door}"' in rare] == ["due_date", "assistance"]
    assert usual.count('<summary class="button button--primary') == 1
    assert '<summary class="button button--primary' not in rare


def test_a_rare_step_that_was_refused_stands_open(cast, visit):
    number, chair = cast.brings("handed_over").number, visit("chair")
    form = read(chair, f"/cases/{number}").form("/due_date")
    reply = chair.post(form.action, data={**form.values, "due": ""})
    assert reply.status_code == 422
    assert '<details class="moves__rare" open>' in reply.get_data(as_text=True)
