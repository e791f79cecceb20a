"""A calendar that changed moves the due days that follow from a limit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Flask, abort
from flask_login import current_user
from sqlalchemy import or_, select

from fieldapp import answers, journal
from fieldapp.access import only
from fieldapp.cases.acts.clock import recount
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import OPEN, Case
from fieldapp.cases.clocks import RUNNING, amber_from
from fieldapp.cases.move import Clock
from fieldapp.cases.moves import TABLE
from fieldapp.database import day_of, db, now
from fieldapp.places.calendar import WorkingCalendar, national_edition
from fieldapp.places.place import Area
from fieldapp.ticking import Lease
from fieldapp.workflow import enter

MOST_SHOWN = 500
CHUNK, BATCH = 5000, 500


@dataclass(frozen=True)
class Moved:
    """A case whose due day moved with the calendar."""

    number: str
    was: date
    due: date


def init_app(app: Flask) -> None:
    app.extensions.setdefault("calendar changes", []).append(after_change)


def recount_county(county, actor, change: str) -> int:
    """Every open case of the county, in the present transaction; how many due days moved.

    ``change`` names what changed, so that nothing is written twice."""
    calendar = WorkingCalendar.of(county)
    ids = [case_id for some in _chunks(county, calendar) for case_id in some]
    return sum(_move(ids[start : start + BATCH], calendar, actor, change) for start in range(0, len(ids), BATCH))


def _chunks(county, calendar) -> Iterator[list[int]]:
    """Ids of the open cases for which this calendar means another day. A merged
    case's clock stands still, and must be right when it comes apart."""
    townships, last, meant = select(Area.id).where(Area.parent_id == county.id), 0, Meant(calendar)
    columns = (Case.id, Case.state, Case.clock_from, Case.limit_days, Case.due, Case.amber, Case.logged_at, Case.resident_limit)
    which = Case.township_id.in_(townships), or_(Case.state.in_(OPEN), Case.state == "merged")
    while rows := db.session.execute(
        select(*columns, Case.resident_due).where(Case.id > last, *which).order_by(Case.id).limit(CHUNK)
    ).all():
        last = rows[-1].id
        yield [row.id for row in rows if meant.otherwise(row)]


def _move(ids: list[int], calendar, actor, change: str) -> int:
    row, moved = TABLE.rows("calendar")[0], 0
    with db.session.no_autoflush:
        for case in db.session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()).all():
            if facts := recount(case, calendar, moving=case.state in RUNNING):
                enter(case, row, actor, {"facts": facts}, before=case.state, once=f"calendar:{change}:{case.id}")
                moved += 1
    db.session.flush()
    return moved


class Meant:
    """What a calendar makes of a limit; many cases share start and limit."""

    def __init__(self, calendar):
        self.calendar, self.days, self.ambers = calendar, {}, {}

    def after(self, start, limit):
        if (start, limit) not in self.days:
            self.days[start, limit] = self.calendar.after(start, limit)
        return self.days[start, limit]

    def amber(self, start, due):
        if (start, due) not in self.ambers:
            self.ambers[start, due] = amber_from(self.calendar, start, due)
        return self.ambers[start, due]

    def otherwise(self, row) -> bool:
        """Whether a row's columns say another day."""
        if row.resident_limit is not None and self.after(day_of(row.logged_at), row.resident_limit) != row.resident_due:
            return True
        if row.clock_from is None or row.due is None:
            return False
        follows = row.limit_days is not None and row.state in RUNNING
        due = self.after(row.clock_from, row.limit_days) if follows else row.due
        return (due, self.amber(row.clock_from, due)) != (row.due, row.amber)


def after_change(county, actor, entry) -> str | None:
    """The page that says which due days moved; none where none did."""
    return f"/calendar/changes/{entry.id}" if recount_county(county, actor, str(entry.id)) else None


def recount_by_itself() -> int:
    """A newer holidays library knows weekends that were not published before."""
    mark, moved = f"calendar {national_edition()}", 0
    if db.session.get(Lease, mark) is not None:
        return 0
    for county in db.session.scalars(select(Area).where(Area.kind == "county")).all():
        calendar = WorkingCalendar.of(county)
        for ids in _chunks(county, calendar):
            for start in range(0, len(ids), BATCH):
                moved += _move(ids[start : start + BATCH], calendar, Clock(), mark)
            # Others write too: no longer than this at a time.
            db.session.commit()
    db.session.merge(Lease(name=mark, holder="", until=now(), done_at=now()))
    db.session.commit()
    return moved


@cases.get("/calendar/changes/<int:change>")
@only("admin")
def moved(change: int):
    """Numbers and days alone: an administrator reads no matter."""
    entry = db.session.get(journal.Entry, change)
    if entry is None or entry.thing != f"area:{current_user.area.county.id}" or not entry.act.startswith("calendar_day"):
        abort(404)
    found = list(moved_by(entry))
    page = {"entry": entry, "day": date.fromisoformat(entry.facts["day"]), "found": found[:MOST_SHOWN], "number": len(found)}
    return answers.answer("cases/moved.html", "cases/_moved.html", **page)


def moved_by(entry: journal.Entry) -> Iterator[Moved]:
    told = journal.Entry
    rows = db.session.execute(select(told.thing, told.facts).where(told.once.startswith(f"calendar:{entry.id}:")).order_by(told.id)).all()
    numbers = _numbers([int(thing.removeprefix("case:")) for thing, _facts in rows])
    for thing, facts in rows:
        yield Moved(numbers[int(thing.removeprefix("case:"))], date.fromisoformat(facts["was"]), date.fromisoformat(facts["due"]))


def _numbers(ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        rows = db.session.execute(select(Case.id, Case.number).where(Case.id.in_(ids[start : start + 500])))
        found.update(rows.tuples().all())
    return found
