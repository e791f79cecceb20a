"""The statutory time of a suggestion (Deputies Law 2025, art. 51): months from
the day of handover, the last day of a shorter month where there is no such day."""

from calendar import monthrange
from datetime import date

MONTHS, MONTHS_IF_HARD, MONTHS_AGAIN = 3, 6, 1


def after(start: date, months: int) -> date:
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
