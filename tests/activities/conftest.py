from datetime import timedelta

import pytest

from fieldapp.activities import acts
from fieldapp.database import today


@pytest.fixture
def outing(cast):
    """A round of "deputy" through two villages of the first township, planned by the clerk."""

    def planned(days: int = 0, deputies=("deputy",), stops=("v01", "v02"), **given):
        rows = [{"village_id": cast.area(code).id, "place": "", "planned": None} for code in stops]
        chosen = {
            "day": today() + timedelta(days=days),
            "deputies": [cast[name] for name in deputies],
            "vehicle": None,
            "topic": "",
            **given,
        }
        return acts.plan(cast["clerk"], chosen, rows, None)

    return planned
