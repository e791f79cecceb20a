"""What a unit reads of its own request for more time."""

from dataclasses import dataclass
from datetime import date

from fieldapp.cases import extension


@dataclass(frozen=True)
class TimeAsked:
    """``granted`` is None while nobody has decided."""

    until: date
    reason: str
    granted: bool | None
    answer: str


def of(case) -> TimeAsked | None:
    """The last request of the unit that has the case, since its handover."""
    row = extension.last_of(case)
    return row and TimeAsked(row.until, row.reason, row.granted, row.answer)
