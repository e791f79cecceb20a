"""What the public reads of many matters points at nobody: no figure of few, and no list that stands for one."""

from datetime import date

import pytest
import time_machine

from fieldapp.database import db
from fieldapp.public import stations_holder
from tests.public.sending import STATION
from tests.reader import visit as go

NOVEMBER, DECEMBER = "2026-11-18T04:00:00Z", "2026-12-18T04:00:00Z"


def settled(cast, cells: dict) -> None:
    """So many matters of these categories in these villages, struck off in November."""
    with time_machine.travel(NOVEMBER, tick=False):
        for (category, village), count in cells.items():
            for _n in range(count):
                case = cast.logs(category_id=cast.category(category).id, village_id=cast.area(village).id)
                case.state, case.ended_at = "logged", None
                _strike_off(cast, case)
    db.session.commit()


def _strike_off(cast, case) -> None:
    cast.does("deputy", case, "on_the_spot", text="已办好", language="zh")
    cast.does("resident", case, "verdict", solved=True)
    cast.does("chair", case, "inspection", note="ok")
    cast.does("chair", case, "settlement")


@pytest.mark.parametrize(
    "cells, lines",
    [
        ({("water", "v01"): 4}, []),
        ({("water", "v01"): 4, ("roads", "v01"): 1}, []),
        ({("water", "v01"): 3, ("water", "v02"): 2}, [("water", "")]),
        ({("water", "v01"): 9, ("roads", "v02"): 1}, [("water", "")]),
        ({("water", "v01"): 10, ("water", "v02"): 1, ("roads", "v02"): 4}, [("water", "first village")]),
    ],
)
def test_a_public_page_names_no_cell_of_fewer_than_five_and_no_village_with_fewer_than_ten(app, cast, visit, cells, lines):
    settled(cast, cells)
    for page in (STATION, f"/deputy/{stations_holder.code_of(cast['deputy'])}"):
        kind, code = page.strip("/").split("/")
        with time_machine.travel(DECEMBER), app.test_request_context("/?lang=en"):
            assert stations_holder.lately_settled(getattr(stations_holder, kind)(code)) == lines


def test_the_months_are_whole_so_that_two_visits_tell_no_single_matter(app, cast):
    settled(cast, {("water", "v01"): 5})
    for day, told in ((date(2026, 11, 30), 0), (date(2026, 12, 1), 1), (date(2027, 5, 31), 1), (date(2027, 6, 1), 0)):
        with time_machine.travel(f"{day}T04:00:00Z"), app.test_request_context("/?lang=en"):
            assert len(stations_holder.lately_settled(stations_holder.station("square"))) == told, day


def test_nothing_else_that_is_public_counts_residents_matters(app, cast, visit):
    """The pages for anyone, with a hundred and one matters and without, read alike but for what was settled."""
    pages = ["/sign-in", "/reports", STATION, f"/deputy/{stations_holder.code_of(cast['deputy'])}"]

    def words() -> dict:
        return {page: go(visit(), page).text for page in pages}

    before = words()
    for _n in range(101):
        cast.logs()
    assert words() == before
