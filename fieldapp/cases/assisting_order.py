"""The order to an assisting unit: all that its officer receives of a case.

Fewer words than the work order of the lead: what the matter is, what is asked
of this unit, until when. Nothing of the resident, of answers, of how it goes on.
"""

from dataclasses import dataclass
from datetime import date, datetime

from fieldapp.cases import album, assistance
from fieldapp.cases.case import Case
from fieldapp.cases.clocks import working_days_left


@dataclass(frozen=True)
class Opinion:
    """What an assisting unit thinks, for the lead unit and the congress."""

    unit: str
    at: datetime
    language: str
    text: str


@dataclass(frozen=True)
class AssistingOrder:
    """``photos`` are numbers (album)."""

    number: str
    summary: str
    category: str
    category_code: str
    village: str
    lead: str
    asked: str
    due: date
    days_left: int
    light: str | None
    photos: tuple[int, ...]
    opinion: Opinion | None
    office: str
    office_phone: str


def of(case: Case, person) -> AssistingOrder | None:
    """As this officer's unit may read it; where two of their units assist, the
    one that still owes its opinion; None where none does any more."""
    mine = [row for row in assistance.present(case) if row.unit_id in person.unit_ids]
    if not mine:
        return None
    row = next((row for row in mine if row.opinion_at is None), mine[0])
    return AssistingOrder(
        number=case.number,
        summary=case.summary,
        category=case.category.name,
        category_code=case.category.code,
        village=case.village.name,
        lead=case.unit.name if case.unit else "",
        asked=row.asked,
        due=row.due,
        days_left=working_days_left(case.township, row.due),
        light=row.light,
        photos=album.places(case, person),
        opinion=opinion(row) if row.opinion_at else None,
        office=case.township.name,
        office_phone=case.township.phone,
    )


def opinion(row) -> Opinion:
    return Opinion(row.unit.name, row.opinion_at, row.language, row.text)


def opinions(case: Case) -> tuple[Opinion, ...]:
    """For whoever has to weigh them: the lead unit and the congress."""
    return tuple(opinion(row) for row in assistance.of(case) if row.opinion_at)
