"""A case's course, folded from its timeline alone: what the row must say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from fieldapp.cases.case import OPEN
from fieldapp.cases.clocks import RUNNING, amber_from
from fieldapp.cases.outcome import PROMISES
from fieldapp.places.calendar import WorkingCalendar

# The first editions did not write whose case it is.
UNTOLD = -1


@dataclass
class Course:
    """``since`` is the day on which the unit's clock began, ``logged`` the
    resident's; ``limit`` is None where a day was chosen by hand."""

    state: str | None = None
    level: str = "township"
    unit: int | None = None
    officer: int | None = None
    due: date | None = None
    limit: int | None = None
    since: date | None = None
    logged: date | None = None
    resident_limit: int | None = None
    returns: int = 0
    reworks: int = 0
    relapses: int = 0
    supervised: int = 0
    urges: int = 0
    urged_on: date | None = None
    joined: int | None = None
    promised: date | None = None
    deputy: int | None = UNTOLD
    assisting: list[int] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return self.state not in OPEN

    def amber(self, calendar: WorkingCalendar) -> date | None:
        return amber_from(calendar, self.since, self.due) if self.state in RUNNING and self.since and self.due else None

    def resident_due(self, calendar: WorkingCalendar) -> date | None:
        return calendar.after(self.logged, self.resident_limit) if self.logged and self.resident_limit is not None else None


def replay(entries: Iterable, day_of: Callable) -> Course:
    """``entries`` in their order, each with act, after, facts and at;
    ``day_of`` gives the site's day of a moment."""
    course = Course()
    for entry in entries:
        course.state = entry.after
        facts = entry.facts or {}
        _clock(course, facts)
        for name in ("deputy", "level", "joined", "assisting", "resident_limit", "returns", "supervised"):
            if name in facts:
                setattr(course, name, facts[name])
        if change := CHANGES.get(entry.act):
            change(course, facts)
        if entry.act == "urge" and "recipients" in facts:
            course.urges, course.urged_on = course.urges + 1, day_of(entry.at)
    return course


def _clock(course: Course, facts: dict) -> None:
    if "logged" in facts:
        course.logged = date.fromisoformat(facts["logged"])
    if "due" in facts:
        course.due = _day(facts["due"])
    if "limit" in facts:
        course.limit = facts["limit"]
    if "from" in facts:
        course.since = _day(facts["from"])


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _given(course: Course, facts: dict) -> None:
    course.unit, course.officer, course.promised = facts.get("unit"), None, None
    if course.unit is not None:
        course.urges, course.urged_on = 0, None


def _again(course: Course, facts: dict) -> None:
    _given(course, facts)
    course.reworks += 1


def _relapsed(course: Course, facts: dict) -> None:
    _given(course, facts)
    course.relapses += 1


def _taken(course: Course, facts: dict) -> None:
    course.officer = facts.get("officer")


def _returned(course: Course, facts: dict) -> None:
    course.unit = course.officer = course.due = course.limit = course.since = None
    course.returns += 1


def _answered(course: Course, facts: dict) -> None:
    course.promised = _day(facts.get("promised")) if facts.get("class") in PROMISES else None


def _upwards(course: Course, facts: dict) -> None:
    course.level = "county"


def _downwards(course: Course, facts: dict) -> None:
    course.level = "township"


CHANGES: dict[str, Callable[[Course, dict], None]] = {
    "carry_over": _given,
    "handover": _given,
    "county_handover": _given,
    "acceptance": _taken,
    "return": _returned,
    "answer": _answered,
    "paper_answer": _answered,
    "on_the_spot": _answered,
    "rework": _again,
    "reopening": _again,
    "promise": _given,
    "relapse": _relapsed,
    "escalation": _upwards,
    "advice": _downwards,
}
