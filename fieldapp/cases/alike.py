"""Likely copies: open cases of one village and category, close in time, in like words."""

from collections import namedtuple
from datetime import timedelta

from sqlalchemy import select

from fieldapp.cases.case import OPEN, STATES, Case
from fieldapp.cases.search import fold_words
from fieldapp.database import day_of, db

CLOSE = timedelta(days=60)
LOOKED_AT = 200
SHOWN = 5
LIKE = 0.3
# Below so many traits a text says too little to be compared by its share.
FEW = 6
STEM = 4

Alike = namedtuple("Alike", "number title state state_name came_in likeness proposed")


def traits(text: str) -> set[str]:
    """Pairs of Han characters; of other scripts the beginnings of words, whose endings bend."""
    pairs, words = fold_words(text)
    return pairs | {word[:STEM] for word in words if len(word) > 2}


def likeness(one: set[str], other: set[str]) -> float:
    """0 to 1: how much of the shorter text stands in the other."""
    return len(one & other) / max(FEW, min(len(one), len(other)))


def to(case, person) -> list[Alike]:
    """What this person may be shown that reads like the case, the likest first;
    what was proposed comes before all."""
    own = traits(f"{case.narrative}\n{case.summary}")
    found = []
    for row in db.session.execute(_near(case, person)):
        share = likeness(own, traits(f"{row.narrative}\n{row.summary}"))
        proposed = row.id == case.proposed_id
        if proposed or share >= LIKE:
            title = row.summary or row.narrative[:80]
            found.append(Alike(row.number, title, row.state, STATES[row.state], day_of(row.logged_at), share, proposed))
    return sorted(found, key=lambda like: (not like.proposed, -like.likeness))[:SHOWN]


def _near(case, person):
    columns = (Case.id, Case.number, Case.narrative, Case.summary, Case.state, Case.logged_at)
    near = select(*columns).where(
        Case.reach(person),
        Case.category_id == case.category_id,
        Case.logged_at.between(case.logged_at - CLOSE, case.logged_at + CLOSE),
        Case.state.in_(OPEN),
        Case.id != case.id,
    )
    # The county sees what was taken to it, from all its townships.
    if person.role != "county":
        near = near.where(Case.village_id == case.village_id)
    return near.order_by(Case.logged_at.desc()).limit(LOOKED_AT)
