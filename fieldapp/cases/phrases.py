"""What a resident reads of a case: whole sentences a child could follow."""

from functools import cache

from flask_babel import lazy_gettext as _l

from fieldapp import language
from fieldapp.cases import guards
from fieldapp.cases.case import Case
from fieldapp.cases.clocks import working_days_left
from fieldapp.cases.outcome import Answer, Verdict
from fieldapp.database import now, today
from fieldapp.language import gettext as _

STEP_NAMES = {
    "logged": _l("on record"),
    "confirmed": _l("taken up"),
    "handed_over": _l("given to a unit"),
    "accepted": _l("being handled"),
    "answered": _l("answered"),
    "settled": _l("closed"),
}


def step(number: int, state: str) -> str:
    return _step(language.current(), number, state)


@cache
def _step(_language: str, number: int, state: str) -> str:
    return _("Step %(n)s of 6: %(name)s", n=number, name=STEP_NAMES[state])


def standing(case: Case) -> str:
    """One sentence: where the matter stands."""
    unit = case.unit.name if case.unit else ""
    match case.state:
        case "logged":
            return _("Your matter is on record.")
        case "confirmed" if case.level == "county":
            return _("Your matter was taken to the county congress.")
        case "confirmed" if case.reworks or case.relapses:
            return _("Your matter was taken up again.")
        case "confirmed" if case.returns:
            return _("The unit gave it back. The chair decides who handles it.")
        case "confirmed":
            return _("Your deputy has taken it up.")
        case "handed_over" | "accepted" if case.level == "county":
            return _("It is with the county: %(unit)s has it.", unit=unit)
        case "handed_over" if case.answers and (promise := case.answers[-1].promise) and promise <= today():
            return _("The promised day has come. %(unit)s answers anew.", unit=unit)
        case "handed_over" if case.reworks or case.relapses:
            return _("%(unit)s has to do it again.", unit=unit)
        case "handed_over":
            return _("%(unit)s has it.", unit=unit)
        case "accepted":
            return _("%(unit)s is working on it.", unit=unit)
        case "answered":
            return answered(case.answer) if case.answer.is_visible else _("The answer is here. Your deputy reads it first.")
        case "settled":
            return _("Closed on %(day)s.", day=language.day(case.ended_at))
        case "guided":
            return _("This is not for the congress to handle.")
        case "withdrawn":
            return _("The matter was withdrawn.")
    return _("Your matter is handled together with others like it.")


def is_late(case: Case) -> bool:
    return case.state in ("handed_over", "accepted") and today() > case.due


def deadline(case: Case) -> str:
    """Until when the answer is due; nothing where no unit has it."""
    if case.state not in ("handed_over", "accepted"):
        return ""
    day, present = language.date(case.due), today()
    if present > case.due:
        return _("The answer was due on %(day)s. The congress presses for it.", day=day)
    if present == case.due:
        return _("Answer due today.")
    left = working_days_left(case.township, case.due)
    if left <= 1:
        return _("Answer by %(day)s (in one working day).", day=day)
    return _("Answer by %(day)s (in %(days)s working days).", day=day, days=left)


def answered(answer: Answer) -> str:
    """Who answered what, in a sentence."""
    if answer.on_the_spot:
        return _("Your deputy answered on the spot.")
    unit = answer.unit.name
    match answer.letter:
        case "A":
            return _("%(unit)s says: it is solved.", unit=unit)
        case "B":
            return _("%(unit)s says: work is under way.", unit=unit)
        case "C":
            return _("%(unit)s says: it is planned.", unit=unit)
    return _("%(unit)s says: it cannot be done, and why.", unit=unit)


def next_step(case: Case, verdict: Verdict | None) -> str:
    """``verdict``: what the resident said last of the answer spoken of."""
    match case.state:
        case "logged":
            return _("The liaison station has it. Next: a deputy takes it up.")
        case "confirmed" if case.level == "county":
            return _("Next: the county congress gives it to a unit of the county, or advises the township.")
        case "confirmed":
            return _("Next: it is given to the unit that can solve it.")
        case "handed_over" | "accepted" if verdict and verdict.solved:
            return _("You said that it is solved. The unit answers once more, then it can be closed.")
        case "handed_over" | "accepted":
            return _("Next: the unit answers here. Then we ask you.")
        case "answered" if not case.answer.is_visible:
            return _("Next: you read the answer here, on %(day)s at the latest.", day=language.day(case.answer.visible_at))
        case "answered" if case.answer.letter in ("B", "C"):
            return _("Next: the unit keeps its promise. Then we ask you again.")
        case "answered":
            return _("Next: the congress looks at it, hears you, and closes it.")
        case "settled" if (last := case.ended_at + guards.REOPEN_WITHIN) >= now():
            return _("Not solved? Tell us within 30 days, until %(day)s.", day=language.day(last))
        case "settled" | "withdrawn":
            return _("Is it a problem again? Tell a deputy once more.")
    return _("Your deputy can tell you why: please call.")
