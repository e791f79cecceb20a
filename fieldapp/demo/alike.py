"""The same matter from three more residents: two merged into one case, one proposed."""

from datetime import timedelta

from fieldapp.cases import intake
from fieldapp.cases.case import Case
from fieldapp.cases.performing import make
from fieldapp.database import clock_at, db, now
from fieldapp.demo.township import Township, read

# The numbers of the station's book that no story has taken.
FREE = 30


def raise_again(township: Township, cases: dict[int, Case]) -> None:
    """``cases``: the stories' cases by the numbers of their matters."""
    data = read("alike")
    joined = cases[data["joins"]]
    for place, row in enumerate(data["alike"], FREE):
        _raise(township, joined, row, township.books["station"].slips[place])


def _raise(township: Township, joined: Case, row: dict, slip) -> None:
    people, came = township.people, now() - timedelta(days=row["days_ago"], hours=2)
    deputy = people[row["deputy"]]
    with clock_at(came):
        case = intake.log(
            people["clerk"],
            slip=slip,
            at=came,
            township_id=joined.township_id,
            village_id=joined.village_id,
            category_id=joined.category_id,
            deputy_id=deputy.id,
            source=row["source"],
            kind="difficulty",
            narrative=row["words"],
        )
        db.session.flush()
    with clock_at(came + timedelta(hours=1)):
        make(case, "confirm", deputy, {})
        db.session.flush()
        if row["merged"]:
            make(case, "merge", people["chair"], {"joined": joined})
        else:
            make(case, "merge_proposal", deputy, {"joined": joined})
        db.session.flush()
