"""The level a case is at: whose units may have it, and whether the county sits here."""

from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places import edition
from fieldapp.reading import Reading


def area_of(case):
    """The area whose units a case of this level is handed to."""
    return case.township.parent if case.level == "county" else case.township


def county_sits(case) -> bool:
    """Whether somebody of the county congress works with the program; where
    nobody does, the township's chair records what the county decided."""
    return county_works(case.township.parent_id)


def county_works(county_id: int) -> bool:
    return ("county", county_id) in _first()


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
    found = presiding(case.township, case.level)
    return db.session.get(Person, found.id) if found else None


def presiding(township, level: str) -> Reading | None:
    """The same for reading, of a township's cases of this level."""
    if level == "county" and county_works(township.parent_id):
        return _first()["county", township.parent_id]
    return _first().get(("chair", township.id)) or _first().get(("county", township.parent_id))


def _first() -> dict[tuple[str, int], Reading]:
    """Role and area → the first of those who work there."""
    return edition.kept(
        "first of their role", lambda: {(row.role, row.area_id): row for row in reversed(edition.rows(Person).values()) if row.active}
    )
