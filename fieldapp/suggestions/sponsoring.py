"""Who may sponsor a suggestion: deputies whose mandate for its congress runs."""

from sqlalchemy import or_, select

from fieldapp.database import db, today
from fieldapp.people import mandates
from fieldapp.people.person import Mandate, Person
from fieldapp.places.place import Area


def congresses_of(deputy) -> list[Area]:
    """Where the deputy's suggestions may go: the congresses of running mandates, else their area."""
    running = [mandate.congress for mandate in deputy.mandates if mandate.ends is None or mandate.ends > today()]
    return list(dict.fromkeys(running)) or [deputy.area]


def sits(suggestion, person) -> bool:
    """Whether a sponsor may still speak: a signature is personal, and does not
    pass to a successor when the mandate for this congress ends."""
    ended = (mandate for mandate in person.mandates if mandate.congress_id == suggestion.area_id and mandates.has_ended(mandate))
    return person.active and not any(ended)


def speaking(suggestion) -> list:
    """The sponsors who signed and still sit, the lead sponsor first."""
    return [sponsor for sponsor in suggestion.signed if sits(suggestion, sponsor.person)]


def invitable(suggestion) -> list[Person]:
    """Deputies of the same congress who were not asked yet."""
    asked = [sponsor.person_id for sponsor in suggestion.sponsors]
    sits = select(Mandate.person_id).where(Mandate.congress_id == suggestion.area_id, or_(Mandate.ends.is_(None), Mandate.ends > today()))
    query = select(Person).where(Person.role == "deputy", Person.active, Person.id.in_(sits), Person.id.not_in(asked))
    return list(db.session.scalars(query.order_by(Person.id)))
