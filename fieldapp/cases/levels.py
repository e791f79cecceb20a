"""The level a case is at: whose units may have it, and whether the county sits here."""

from sqlalchemy import select

from fieldapp.database import db
from fieldapp.people.person import Person


def area_of(case):
    """The area whose units a case of this level is handed to."""
    return case.township.parent if case.level == "county" else case.township


def county_sits(case) -> bool:
    """Whether somebody of the county congress works with the program; where
    nobody does, the township's chair records what the county decided."""
    query = select(Person.id).where(Person.role == "county", Person.active, Person.area_id == case.township.parent_id)
    return db.session.scalar(query.limit(1)) is not None
