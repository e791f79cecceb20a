"""The clock of the level at which a case is."""

from fieldapp.cases.clocks import amber_from


def set_clock(case, due):
    case.due, case.amber = due, amber_from(case.handed_over_at.date(), due)
