"""Whether each case's row says what its timeline says."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select

from fieldapp import journal
from fieldapp.cases.case import Case
from fieldapp.cases.replaying import UNTOLD, Course, replay
from fieldapp.database import day_of, db

BATCH = 500
# The row's column → what the timeline makes of it.
SAME = {
    "level": "level",
    "unit_id": "unit",
    "officer_id": "officer",
    "due": "due",
    "limit_days": "limit",
    "clock_from": "since",
    "returns": "returns",
    "reworks": "reworks",
    "relapses": "relapses",
    "supervised": "supervised",
    "urges": "urges",
    "urged_on": "urged_on",
    "joined_id": "joined",
    "promised": "promised",
    "deputy_id": "deputy",
    "resident_limit": "resident_limit",
}


def differences() -> Iterator[str]:
    """A sentence for every column that the timeline tells otherwise."""
    columns = [getattr(Case, name) for name in SAME]
    ids = db.session.scalars(select(Case.id).order_by(Case.id)).all()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        courses = _courses(batch)
        for case_id, number, ended_at, *row in db.session.execute(
            select(Case.id, Case.number, Case.ended_at, *columns).where(Case.id.in_(batch)).order_by(Case.id)
        ):
            course = courses.get(case_id, Course())
            if course is None:
                yield f"case {number}: its timeline (case:{case_id}) cannot be replayed"
                continue
            for (name, told), value in zip(SAME.items(), row, strict=True):
                if getattr(course, told) not in (value, UNTOLD):
                    yield f"case {number}: {name} is {value}, but the timeline says {getattr(course, told)}"
            if course.state != "merged" and course.ended != (ended_at is not None):
                yield f"case {number}: ended_at is {ended_at}, but the timeline says {course.state}"


def _courses(ids) -> dict[int, Course | None]:
    entry = journal.Entry
    things = [f"case:{case_id}" for case_id in ids]
    rows = db.session.execute(
        select(entry.thing, entry.act, entry.after, entry.facts, entry.at).where(entry.thing.in_(things)).order_by(entry.thing, entry.id)
    )
    return {int(thing.removeprefix("case:")): _course(found) for thing, found in groupby(rows, key=lambda row: row.thing)}


def _course(entries) -> Course | None:
    """None where a fact has a form that no act writes."""
    try:
        return replay(entries, day_of)
    except (AttributeError, TypeError, ValueError):
        return None
