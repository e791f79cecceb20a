"""The invented county of the demonstration: places, people, books of slips."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from fieldapp.database import db, today
from fieldapp.people.person import Mandate, Membership, Person
from fieldapp.places.place import Area, Category, Station, Unit
from fieldapp.slips.codes import issue_book

# Of a term.
YEARS = 5
ACCOUNTS = ("deputy", "deputy2", "clerk", "chair", "unit", "unit2", "county", "admin", "stranger")


@cache
def read(name: str) -> dict:
    """One of this folder's JSON files."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))


class Township:
    """The demonstration's rows, by their codes."""

    def __init__(self):
        self.areas: dict[str, Area] = {}
        self.units: dict[str, Unit] = {}
        self.stations: dict[str, Station] = {}
        self.people: dict[str, Person] = {}
        self.categories: dict[str, Category] = {}
        # Matter → code of the round it was raised on.
        self.activities: dict[int, str] = {}

    def build(self, password_hash: str) -> "Township":
        data = read("township")
        county = self._area(data["county"], "county", None)
        self._units(data["county"], county)
        for township in data["townships"]:
            self._township(township, county)
        for position, row in enumerate(data["categories"]):
            self.categories[row["code"]] = Category(code=row["code"], names=row["names"], position=position)
        db.session.add_all(self.categories.values())
        for row in data["people"]:
            self._person(row, password_hash)
        self._books()
        return self

    def _area(self, row, kind, parent) -> Area:
        area = Area(
            code=row["code"], kind=kind, names=row["names"], parent=parent, phone=row.get("phone") or "", settings={}, demonstration=True
        )
        self.areas[row["code"]] = area
        db.session.add(area)
        db.session.flush()
        return area

    def _township(self, row, county) -> None:
        township = self._area(row, "township", county)
        for village in row["villages"]:
            self._area(village, "village", township)
        self._units(row, township)
        for station in row["stations"]:
            self.stations[station["code"]] = Station(
                code=station["code"],
                names=station["names"],
                area_id=township.id,
                mobile=station["kind"] == "mobile",
                hours=station["hours"],
                phone=station["phone"] or "",
            )
        db.session.add_all(self.stations.values())

    def _units(self, row, area) -> None:
        for unit in row["units"]:
            self.units[unit["code"]] = Unit(code=unit["code"], names=unit["names"], area_id=area.id, phone=unit["phone"] or "")
        db.session.add_all(self.units.values())
        db.session.flush()

    def _person(self, row, password_hash) -> None:
        area = self.areas[row["township"] or "jigde"]
        person = Person(
            account=row["code"],
            names=row["names"],
            role=row["role"],
            area_id=area.id,
            phone=row["phone"] or "",
            password_hash=password_hash if row["account"] else "",
            active=row["account"],
        )
        db.session.add(person)
        db.session.flush()
        self.people[row["code"]] = person
        if row["unit"]:
            db.session.add(Membership(person_id=person.id, unit_id=self.units[row["unit"]].id, head=row.get("head", False)))
        for mandate in row["mandates"]:
            congress = self.areas["jigde" if mandate["congress"] == "county" else mandate["congress"]]
            begins, ends = _present_term(date.fromisoformat(mandate["from"]), date.fromisoformat(mandate["until"]))
            constituency = mandate["constituency"]["zh"]
            db.session.add(Mandate(person_id=person.id, congress_id=congress.id, constituency=constituency, begins=begins, ends=ends))

    def _books(self) -> None:
        db.session.flush()
        self.books = {account: issue_book(deputy=self.people[account], size=50) for account in ("deputy", "deputy2")}
        self.books["station"] = issue_book(station=self.stations["s01"], size=50)


def _present_term(begins: date, ends: date) -> tuple[date, date]:
    """The invented congress is elected again every five years, so that its deputies act whenever it is shown."""
    while ends <= today():
        begins, ends = begins.replace(year=begins.year + YEARS), ends.replace(year=ends.year + YEARS)
    return begins, ends
