"""Whoever reads a list, while its select is prepared: what differs from person
to person and from day to day is left open, and bound by name when it is read.
"""

from datetime import timedelta

from sqlalchemy import Date, Integer, bindparam, select

from fieldapp.database import UTCTime, now, today
from fieldapp.people.person import Membership

TODAY = bindparam("today", type_=Date)
IN_THREE_DAYS = bindparam("in_three_days", type_=Date)
IN_A_WEEK = bindparam("in_a_week", type_=Date)
NOW = bindparam("now", type_=UTCTime)


class Reader:
    """Stands for every person of a role."""

    id = bindparam("me", type_=Integer)
    area_id = bindparam("area", type_=Integer)

    def __init__(self, role: str):
        self.role = role
        self.unit_ids = select(Membership.unit_id).where(Membership.person_id == self.id)


def bound(person) -> dict:
    """What was left open, for this person at this moment."""
    day = today()
    return {
        "me": person.id,
        "area": person.area_id,
        "today": day,
        "in_three_days": day + timedelta(days=3),
        "in_a_week": day + timedelta(days=7),
        "now": now(),
    }
