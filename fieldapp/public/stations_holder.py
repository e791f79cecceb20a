"""A station or a deputy as the public may know them, and their public codes."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import func, or_, select

from fieldapp import language
from fieldapp.cases.case import Case
from fieldapp.database import db, today
from fieldapp.people import mandates
from fieldapp.people.person import Person
from fieldapp.places.place import Area, Category, Station
from fieldapp.slips.signs import ALPHABET, normal

# What is published counts no fewer, and of one village in one category no fewer than ten.
FEWEST = 5
FEWEST_OF_A_PLACE = 10
MONTHS = 6
MOST = 8


@dataclass(frozen=True)
class Holder:
    """Whose page this is: ``kind`` station or deputy, and the row behind it."""

    kind: str
    row: Station | Person

    @property
    def code(self) -> str:
        return self.row.code if isinstance(self.row, Station) else code_of(self.row)

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def names(self) -> dict:
        return self.row.names

    @property
    def phone(self) -> str:
        return self.row.phone

    @property
    def township(self) -> Area:
        return self.row.area.parent if self.row.area.kind == "village" else self.row.area

    @property
    def path(self) -> str:
        return f"/{self.kind}/{self.code}"

    @property
    def address(self) -> str:
        """What the poster's QR code holds: upper case for the smallest symbol."""
        return f"{current_app.config['BASE_URL']}{self.path}".upper()

    @property
    def deputy(self) -> Person | None:
        return self.row if isinstance(self.row, Person) else None

    @property
    def hours(self) -> list[tuple[str, str]]:
        """When somebody is there: a station's own hours, under an empty name; a
        deputy's are those of the township's stations."""
        stations = stations_of(self.township) if self.deputy else [self.row]
        wanted = language.current()
        listed = [(one.name if self.deputy else "", one.hours.get(wanted) or one.hours.get("zh", "")) for one in stations]
        return [(name, hours) for name, hours in listed if hours]

    def for_slip(self) -> dict:
        """Whose book the slip comes from."""
        return {self.kind: self.row}


def code_of(person: Person) -> str:
    """Three signs for the person, five that nobody can guess for another one."""
    key = current_app.config["KEYS"].derive("deputies")
    mac = int.from_bytes(hmac.digest(key, str(person.id).encode(), hashlib.sha256))
    return _signs(person.id, 3) + _signs(mac & (1 << 25) - 1, 5)


def _signs(value: int, least: int) -> str:
    signs = ""
    while value or len(signs) < least:
        signs, value = ALPHABET[value & 31] + signs, value >> 5
    return signs


def station(code: str) -> Holder | None:
    row = db.session.scalar(select(Station).where(func.lower(Station.code) == code.lower()))
    return Holder("station", row) if row else None


def deputy(code: str) -> Holder | None:
    """A deputy in office, by the public code; in no township nobody takes up what comes in."""
    person = person_of(code)
    if not person or person.role != "deputy" or not person.active or not any(map(mandates.runs, person.mandates)):
        return None
    holder = Holder("deputy", person)
    return holder if holder.township.kind == "township" else None


def person_of(code: str) -> Person | None:
    """Who has this public code, in office or not."""
    signs = normal(code)
    if not 8 <= len(signs) <= 12 or set(signs) - set(ALPHABET):
        return None
    key = 0
    for sign in signs[:-5]:
        key = key << 5 | ALPHABET.index(sign)
    person = db.session.get(Person, key)
    return person if person and code_of(person) == signs else None


def stations_of(township: Area) -> list[Station]:
    places = select(Area.id).where(or_(Area.id == township.id, Area.parent_id == township.id))
    return list(db.session.scalars(select(Station).where(Station.area_id.in_(places)).order_by(Station.id)))


def lately_settled(holder: Holder) -> list[tuple[str, str]]:
    """What was settled there in the last six whole months: a category with its
    village where it was ten matters or more, by itself where it was five."""
    place, (since, until) = holder.row.area, _half_year()
    if holder.deputy:
        there = Case.deputy_id == holder.row.id
    else:
        there = Case.village_id == place.id if place.kind == "village" else Case.township_id == place.id
    query = (
        select(Category, Area, func.count())
        .select_from(Case)
        .join(Category, Category.id == Case.category_id)
        .join(Area, Area.id == Case.village_id)
        .where(there, Case.state == "settled", Case.ended_at >= since, Case.ended_at < until)
        .group_by(Category.id, Area.id)
        .order_by(Category.position, func.count().desc(), Area.code)
    )
    cells = db.session.execute(query).all()
    least, lines = FEWEST if holder.deputy or place.kind != "village" else FEWEST_OF_A_PLACE, []
    for category in dict.fromkeys(category for category, _village, _count in cells):
        mine = [(village, count) for one, village, count in cells if one is category]
        named = [(category.name, village.name) for village, count in mine if count >= FEWEST_OF_A_PLACE]
        lines += named or [(category.name, "")] * (sum(count for _village, count in mine) >= least)
    return lines[:MOST]


def _half_year() -> tuple[datetime, datetime]:
    """Whole months, so that no visit the day after tells one matter from the others."""
    zone, end = ZoneInfo(current_app.config["TIMEZONE"]), today().replace(day=1)
    month = end.year * 12 + end.month - 1 - MONTHS
    return (
        datetime(month // 12, month % 12 + 1, 1, tzinfo=zone),
        datetime(end.year, end.month, 1, tzinfo=zone),
    )
