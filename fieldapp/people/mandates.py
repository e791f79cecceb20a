"""Mandates that run and have ended, and who follows whom."""

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from fieldapp.database import db, today
from fieldapp.people.person import Mandate, Person
from fieldapp.places import edition
from fieldapp.places.place import Area


def runs(mandate: Mandate) -> bool:
    return mandate.begins <= today() and (mandate.ends is None or mandate.ends >= today())


def has_ended(mandate: Mandate) -> bool:
    """Its last day has come, and the deputy was not elected again to the same congress."""
    if mandate.ends is None or mandate.ends > today():
        return False
    return not any(runs(other) for other in mandate.person.mandates if other is not mandate and other.congress_id == mandate.congress_id)


def covers(mandate: Mandate, township) -> bool:
    return mandate.congress_id in (township.id, township.parent_id)


def ended_for(person: Person, township) -> Mandate | None:
    """The mandate whose end takes this township's cases from the person."""
    return next((row for row in reversed(person.mandates) if covers(row, township) and has_ended(row)), None)


def followed() -> set[int]:
    """Those whom somebody follows in some mandate."""
    return edition.kept("followed", lambda: set(db.session.scalars(select(Mandate.person_id).where(Mandate.successor_id.is_not(None)))))


def successor_of(person: Person, township) -> Person | None:
    """Who follows in this township; where that mandate has ended as well, the next."""
    seen: set[int] = set()
    while (mandate := ended_for(person, township)) and mandate.successor and person.id not in seen:
        seen.add(person.id)
        person = mandate.successor
    return person if seen and person.id not in seen else None


def left() -> set[int]:
    """Those whom the end of a mandate left without a seat in its congress."""
    return edition.kept(("left", today()), _left)


def _left() -> set[int]:
    people = selectinload(Mandate.person).selectinload(Person.mandates)
    ended = db.session.scalars(select(Mandate).where(Mandate.ends <= today()).options(people))
    return {row.person_id for row in ended if has_ended(row)}


def has_left(person: Person, township) -> bool:
    return person.id in left() and ended_for(person, township) is not None


def in_office(person: Person | None, township) -> Person | None:
    """Whom a resident of this township finds today: this deputy, else who follows."""
    if person and has_left(person, township):
        person = successor_of(person, township)
    return person if person and person.active and not has_left(person, township) else None


def possible_successors(mandate: Mandate) -> list[Person]:
    """Deputies of the same place who sit in the same congress today."""
    sits = select(Mandate.person_id).where(
        Mandate.congress_id == mandate.congress_id, Mandate.begins <= today(), or_(Mandate.ends.is_(None), Mandate.ends >= today())
    )
    query = select(Person).where(
        Person.role == "deputy",
        Person.active,
        Person.area_id == mandate.person.area_id,
        Person.id != mandate.person_id,
        Person.id.in_(sits),
    )
    return list(db.session.scalars(query.order_by(Person.id)))


def townships(mandate: Mandate) -> list[int]:
    """The townships whose cases a mandate in this congress covers."""
    return list(db.session.scalars(select(Area.id).where(or_(Area.id == mandate.congress_id, Area.parent_id == mandate.congress_id))))
