"""What an administrator does with people: each act journalled, none touches a case."""

from sqlalchemy import Select, select

from fieldapp import journal
from fieldapp.database import db
from fieldapp.people import devices, passwords, sessions
from fieldapp.people.person import Mandate, Membership, Person
from fieldapp.places.names import areas_within


def within_reach(admin: Person) -> Select:
    """The people of the area an administrator looks after."""
    return select(Person).where(Person.area_id.in_([area.id for area in areas_within(admin.area)]))


def change(person: Person, given: dict) -> list[str]:
    """Sets what differs; returns the names of what did."""
    units, heads = set(given.pop("units")), set(given.pop("heads", ()))
    changed = [name for name, value in given.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, given[name])
    if units != person.unit_ids:
        kept = [row for row in person.memberships if row.unit_id in units]
        new = [Membership(unit_id=unit_id) for unit_id in units - person.unit_ids]
        person.memberships = kept + new
        changed.append("units")
    if heads != person.headed_ids:
        for row in person.memberships:
            row.head = row.unit_id in heads
        changed.append("heads")
    return changed


def make_room(admin, person: Person, heads) -> None:
    """A unit has one head: whoever headed it before does so no more."""
    before = select(Membership).where(Membership.unit_id.in_(heads), Membership.head, Membership.person_id != (person.id or 0))
    for row in db.session.scalars(before):
        row.head = False
        facts = {"changed": ["heads"], "unit": row.unit_id}
        journal.record(f"person:{row.person_id}", "altered", admin, facts=facts)
    db.session.flush()


def add(admin, given: dict, once: str) -> tuple[Person, str]:
    """A new person and the password to be given to them: shown once, kept nowhere."""
    password = passwords.one_time()
    person = Person(password_hash=passwords.digest(password), password_given=True)
    make_room(admin, person, given.get("heads", ()))
    with db.session.no_autoflush:
        change(person, given)
        db.session.add(person)
    db.session.flush()
    journal.record(f"person:{person.id}", "added", admin, facts={"role": person.role, "area": person.area_id}, once=once)
    return person, password


def alter(admin, person: Person, given: dict, once: str) -> None:
    """Whoever leaves, or gets another role, is signed out at once."""
    before = person.role
    make_room(admin, person, given.get("heads", ()))
    changed = change(person, given)
    if not person.active or person.role != before:
        _sign_out_everywhere(person)
    if changed:
        facts = {"changed": sorted(changed), "role": person.role, "area": person.area_id, "active": person.active}
        journal.record(f"person:{person.id}", "altered", admin, facts=facts, once=once)


def give_password(admin, person: Person, once: str) -> str:
    """A new one-time password; the second factor is off and all sessions end."""
    password = passwords.one_time()
    person.password_hash, person.password_given, person.totp_sealed = passwords.digest(password), True, None
    _sign_out_everywhere(person)
    journal.record(f"person:{person.id}", "password_given", admin, once=once)
    return password


def end_sessions(admin, person: Person) -> None:
    _sign_out_everywhere(person)
    journal.record(f"person:{person.id}", "sessions_ended", admin)


def _sign_out_everywhere(person: Person) -> None:
    sessions.revoke_all(person)
    devices.end_all(person)


def add_mandate(admin, person: Person, given: dict, once: str) -> None:
    mandate = Mandate(person_id=person.id, **given)
    db.session.add(mandate)
    db.session.flush()
    journal.record(f"person:{person.id}", "mandate_added", admin, facts={"mandate": mandate.id, "congress": mandate.congress_id}, once=once)


def end_mandate(admin, mandate: Mandate, ends, once: str) -> None:
    mandate.ends = ends
    facts = {"mandate": mandate.id, "ends": ends and ends.isoformat()}
    journal.record(f"person:{mandate.person_id}", "mandate_changed", admin, facts=facts, once=once)
