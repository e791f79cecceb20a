"""What may be chosen in a move's form: units, officers, speeds, photos."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from fieldapp import language
from fieldapp.cases.clocks import due_after
from fieldapp.database import db
from fieldapp.people.person import Membership, Person
from fieldapp.places import limits
from fieldapp.places.calendar import is_provisional
from fieldapp.places.kinds import SPEEDS
from fieldapp.places.place import Unit


def number(value) -> int | None:
    """A select's value: "" is none chosen."""
    return int(value) if value else None


def units(area) -> list[tuple[int, str]]:
    rows = db.session.scalars(select(Unit).where(Unit.area_id == area.id, Unit.active).order_by(Unit.id))
    return [(unit.id, unit.name) for unit in rows]


def one_unit(area) -> list[tuple[int | str, str]]:
    """None is chosen from the start: a matter sent to the wrong body is read there."""
    return [("", _l("Choose a unit")), *units(area)]


def unit(unit_id: int | None) -> Unit | None:
    return db.session.get(Unit, unit_id) if unit_id else None


def officers(unit) -> list[tuple[int, str]]:
    rows = db.session.scalars(select(Person).join(Membership).where(Membership.unit_id == unit.id, Person.role == "unit", Person.active))
    return [(person.id, person.name) for person in rows]


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def speeds(area) -> list[tuple[str, str]]:
    days = limits.of(area)
    return [(speed, _speed(name, days[speed], due_after(area, days[speed]))) for speed, name in SPEEDS.items()]


def _speed(name, days: int, due):
    words = {"speed": name, "days": days, "due": language.date(due)}
    if is_provisional(due.year):
        return _l("%(speed)s: %(days)s working days, %(due)s (provisional)", **words)
    return _l("%(speed)s: %(days)s working days, %(due)s", **words)


def photos(case) -> list:
    return [photo for photo in case.photos if photo.purpose == "matter" and photo.verified_at]
