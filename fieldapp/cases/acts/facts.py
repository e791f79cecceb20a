"""What acts keep: rows with their ids, and facts in the timeline's form."""

from fieldapp.database import db


def keep(row):
    """Gives the row its id before the case points at it."""
    db.session.add(row)
    db.session.flush()
    return row


def where(case):
    return {"unit": case.unit_id, **clock(case)}


def clock(case):
    """``limit`` is null where a day was chosen by hand, ``from`` the day the clock started."""
    return {"due": iso(case.due), "limit": case.limit_days, "from": iso(case.clock_from)}


def iso(day):
    return day.isoformat() if day else None
