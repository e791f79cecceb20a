"""The work order: the only record of a case that a unit receives.

It is built from what the chair chose to hand over. The resident's own words,
the contact and whether there is one, the slip, and who logged from whom are
not among its fields, so that no template can show them by mistake.
"""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from fieldapp.cases import accountable, album, assisting_order, joining, papers, supervision, time_asked
from fieldapp.cases.assisting_order import Opinion
from fieldapp.cases.case import Case
from fieldapp.cases.clocks import light_of, working_days_left
from fieldapp.cases.outcome import Answer
from fieldapp.cases.time_asked import TimeAsked
from fieldapp.places.calendar import is_provisional


@dataclass(frozen=True)
class OwnAnswer:
    """What the unit itself wrote: an answer's row would lead on to the case and its verdicts."""

    class_name: str
    at: datetime
    language: str
    text: str


@dataclass(frozen=True)
class WorkOrder:
    """What the unit's officer reads; ``photos`` are numbers (album)."""

    number: str
    summary: str
    category: str
    category_code: str
    village: str
    state: str
    state_name: str
    due: date | None
    days_left: int | None
    light: str | None
    handed_over_at: datetime | None
    officer: str
    reworks: int
    relapses: int
    rework_reason: str
    time_asked: TimeAsked | None
    provisional: bool
    urges: int
    urged_on: date | None
    photos: tuple[int, ...]
    answers: tuple[OwnAnswer, ...]
    opinions: tuple[Opinion, ...]
    supporters: int
    joined: str
    supervisions: tuple[papers.Supervised, ...]
    accountable: str
    office: str
    office_phone: str


def of(case: Case, person) -> WorkOrder:
    return WorkOrder(
        number=case.number,
        summary=case.summary,
        category=case.category.name,
        category_code=case.category.code,
        village=case.village.name,
        state=case.state,
        state_name=str(case.state_name),
        due=case.due,
        days_left=working_days_left(case.township, case.due) if case.due and light_of(case) else None,
        light=light_of(case),
        handed_over_at=case.handed_over_at,
        officer=case.officer.name if case.officer else "",
        reworks=case.reworks,
        relapses=case.relapses,
        rework_reason=_rework_reason(case) if case.answers and case.answer is None else "",
        time_asked=time_asked.of(case) if light_of(case) else None,
        urges=case.urges if light_of(case) else 0,
        urged_on=case.urged_on,
        provisional=bool(light_of(case)) and is_provisional(case.due.year),
        photos=album.places(case, person),
        answers=tuple(_own(answer) for answer in case.answers if answer.unit_id == case.unit_id),
        opinions=assisting_order.opinions(case),
        supporters=joining.supporters(case),
        joined=_joined(case),
        supervisions=tuple(papers.supervised(row) for row in supervision.of(case) if row.unit_id == case.unit_id or not row.replied_at),
        accountable=accountable.of(case).name,
        office=case.township.name,
        office_phone=case.township.phone,
    )


def _joined(case: Case) -> str:
    """The number of the case that was merged with this one, where the unit has that too."""
    return case.joined.number if case.state == "merged" and case.joined.unit_id == case.unit_id else ""


def _own(answer: Answer) -> OwnAnswer:
    return OwnAnswer(str(answer.class_name), answer.at, answer.language, answer.text)


def _rework_reason(case: Case) -> str:
    """The inspector's words; a resident's are the resident's own and stay here."""
    from fieldapp import journal

    back = ("rework", "reopening", "relapse", "promise")
    last = next((entry for entry in reversed(journal.of(case.thing)) if entry.act in back), None)
    if last is None:
        return ""
    if last.act == "promise":
        return _("The day of your promise has come. Please answer what became of it.")
    return last.note if last.role != "resident" else _("The resident says it is not solved.")
