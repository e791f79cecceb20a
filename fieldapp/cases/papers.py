"""What is printed about a case for others than the resident: allow-listed records.

The summary, the place and the course in sentences. The resident's own words,
the contact, the slip and every note stay in the house.
"""

from dataclasses import dataclass
from datetime import date, datetime

from fieldapp import journal
from fieldapp.cases import accountable, assistance, sentences
from fieldapp.cases.case import Case
from fieldapp.database import day_of

# Acts whose sentence tells nothing of who raised the matter, nor that a contact exists.
COURSE = frozenset(
    [
        "log",
        "carry_over",
        "confirm",
        "handover",
        "acceptance",
        "answer",
        "return",
        "on_the_spot",
        "paper_answer",
        "rework",
        "reopening",
        "urge",
        "due_date",
        "assistance",
        "assistance_end",
        "opinion",
        "escalation",
        "advice",
        "county_handover",
        "county_advice",
        "supervision",
        "report",
        "report_reply",
    ]
)


@dataclass(frozen=True)
class Beside:
    """An assisting unit as the paper names it."""

    unit: str
    asked: str
    due: date


@dataclass(frozen=True)
class Paper:
    """What every paper says of its matter."""

    number: str
    summary: str
    category: str
    village: str
    congress: str
    unit: str
    handed_over_on: date | None
    due: date | None
    assisting: tuple[Beside, ...]
    accountable: str
    accountable_as: str


@dataclass(frozen=True)
class Step:
    at: datetime
    sentence: str


def of(case: Case) -> Paper:
    who = accountable.of(case)
    return Paper(
        number=case.number,
        summary=case.summary,
        category=case.category.name,
        village=case.village.name,
        congress=case.township.parent.name if case.level == "county" else case.township.name,
        unit=case.unit.name if case.unit else "",
        handed_over_on=day_of(case.handed_over_at) if case.handed_over_at else None,
        due=case.due,
        assisting=tuple(Beside(row.unit.name, row.asked, row.due) for row in assistance.present(case)),
        accountable=who.name,
        accountable_as=str(who.words),
    )


def course(case: Case) -> list[Step]:
    """How it went so far, oldest first, without notes."""
    return [Step(entry.at, sentences.sentence(entry)) for entry in journal.of(case.thing) if entry.act in COURSE]


def opinion(case: Case) -> tuple[str, date] | None:
    """What the township asked of the county when it took the case there last, and when."""
    asked = [entry for entry in journal.of(case.thing) if entry.act == "escalation"]
    return (asked[-1].note, day_of(asked[-1].at)) if asked else None


@dataclass(frozen=True)
class Supervised:
    """One supervision, in words alone."""

    unit: str
    reason: str
    at: datetime
    due: date
    report: str
    reported_at: datetime | None
    recorded: bool
    reply: str
    replied_at: datetime | None


def supervised(row) -> Supervised:
    told = {name: getattr(row, name) for name in ("reason", "at", "due", "report", "reported_at", "recorded", "reply", "replied_at")}
    return Supervised(unit=row.unit.name, **told)
