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
    return county_works(case.township.parent_id)


def county_works(county_id: int) -> bool:
    query = select(Person.id).where(Person.role == "county", Person.active, Person.area_id == county_id)
    return db.session.scalar(query.limit(1)) is not None


def holds_level(case, actor) -> bool:
    """Whoever presides at the level where the case is: the township's chair or
    the county; the chair as well where nobody of the county sits here."""
    if actor.role == "chair":
        return case.level == "township" or not county_sits(case)
    return actor.role == "county" and case.level == "county"


def hands_over(case, actor) -> bool:
    return holds_level(case, actor) and not records_for_county(case, actor)


def records_for_county(case, actor) -> bool:
    """Whether the township's chair writes down what the county decided on paper."""
    return actor.role == "chair" and case.level == "county" and not county_sits(case)


def presider(case) -> Person | None:
    """Whoever presides at the level where the case is."""
    if case.level == "county" and county_sits(case):
        return _first("county", case.township.parent_id)
    return _first("chair", case.township_id) or _first("county", case.township.parent_id)


def _first(role: str, area_id: int) -> Person | None:
    query = select(Person).where(Person.role == role, Person.active, Person.area_id == area_id)
    return db.session.scalar(query.order_by(Person.id).limit(1))
