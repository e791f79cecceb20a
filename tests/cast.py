"""The people of the tests: two townships of one county, and a stranger."""

from datetime import date

from fieldapp.cases import intake
from fieldapp.cases.move import Resident
from fieldapp.cases.performing import perform
from fieldapp.database import db
from fieldapp.people.person import Mandate, Membership, Person
from fieldapp.places.place import Area, Category, Station, Unit

ACCOUNTS = {
    "deputy": "deputy",
    "deputy2": "deputy",
    "clerk": "clerk",
    "chair": "chair",
    "unit": "unit",
    "unit2": "unit",
    "county": "county",
    "admin": "admin",
    "stranger": "chair",
}


def _names(word: str) -> dict:
    return {"zh": f"{word}（中）", "ug": f"{word} (ئۇ)", "en": word}


class Cast:
    """Everybody by account name, and the places by short names; rows are read
    afresh from the present session. Entered where the database is empty."""

    resident = Resident()

    def __init__(self):
        if db.session.scalar(db.select(Area.id).limit(1)) is None:
            self._enter()

    def _enter(self):
        county = Area(code="county", kind="county", names=_names("county"), settings={}, demonstration=True)
        here = Area(code="here", kind="township", names=_names("here"), parent=county, settings={}, demonstration=True)
        there = Area(code="there", kind="township", names=_names("there"), parent=county, settings={}, demonstration=True)
        villages = [
            Area(code="v01", kind="village", names=_names("first village"), parent=here, settings={}),
            Area(code="v02", kind="village", names=_names("second village"), parent=here, settings={}),
            Area(code="v11", kind="village", names=_names("far village"), parent=there, settings={}),
        ]
        db.session.add_all([county, here, there, *villages])
        db.session.flush()
        units = [
            Unit(code="water", names=_names("water station"), area_id=here.id),
            Unit(code="roads", names=_names("road office"), area_id=here.id),
            Unit(code="far", names=_names("far office"), area_id=there.id),
        ]
        categories = [Category(code=code, names=_names(code), position=i) for i, code in enumerate(("water", "roads", "farming"))]
        station = Station(code="square", names=_names("square station"), area_id=here.id, hours=_names("9:00-12:00"), phone="0998-000-0101")
        db.session.add_all([*units, *categories, station])
        for account, role in ACCOUNTS.items():
            area = {"stranger": there, "county": county, "admin": county}.get(account, here)
            db.session.add(Person(account=account, names=_names(account), role=role, area_id=area.id, phone="0998-000-0112"))
        db.session.flush()
        for account, unit in (("unit", units[0]), ("unit2", units[1])):
            db.session.add(Membership(person_id=self[account].id, unit_id=unit.id))
        for account in ("deputy", "deputy2"):
            db.session.add(Mandate(person_id=self[account].id, congress_id=here.id, constituency="1", begins=date(2021, 9, 1)))
        db.session.commit()

    def __getitem__(self, account: str) -> Person:
        return db.session.execute(db.select(Person).filter_by(account=account)).scalar_one()

    def area(self, code: str) -> Area:
        return db.session.execute(db.select(Area).filter_by(code=code)).scalar_one()

    def unit(self, code: str = "water") -> Unit:
        return db.session.execute(db.select(Unit).filter_by(code=code)).scalar_one()

    def category(self, code: str = "water") -> Category:
        return db.session.execute(db.select(Category).filter_by(code=code)).scalar_one()

    def station(self) -> Station:
        return db.session.execute(db.select(Station)).scalars().first()

    def logs(self, account: str = "deputy", narrative: str = "三号条田渠道淤堵，浇不上水。", **fields):
        """A case logged in the first village; a deputy's own is confirmed."""
        actor = self[account]
        deputy = actor if actor.role == "deputy" else self["deputy"]
        case = intake.log(
            actor,
            **{
                "township_id": self.area("here").id,
                "village_id": self.area("v01").id,
                "category_id": self.category().id,
                "deputy_id": deputy.id,
                "source": "field" if actor is deputy else "paper",
                "kind": "difficulty",
                "narrative": narrative,
                **fields,
            },
        )
        db.session.commit()
        return case

    def does(self, account: str, case, move: str, **given):
        """The named person (or "resident") makes a move."""
        return perform(case, move, self.resident if account == "resident" else self[account], given)

    def brings(self, state: str, by: str = "deputy", **fields):
        """A case in this state, by the shortest lawful way."""
        case = self.logs("clerk" if state == "logged" else by, **fields)
        if state == "merged":
            self.does("chair", case, "merge", joined=self.logs("deputy2"))
        way = ["handed_over", "accepted", "answered", "settled"]
        if state in ("guided", "withdrawn"):
            self.does(by, case, {"guided": "guidance", "withdrawn": "withdrawal"}[state], where="court", why="law", reason="asked")
        if state not in way:
            return case
        self.does("chair", case, "handover", unit=self.unit(), due=date(2099, 12, 4), summary="渠道淤堵，需要清淤。")
        if state != "handed_over":
            self.does("unit", case, "acceptance", officer=self["unit"])
        if state in ("answered", "settled"):
            self.does("unit", case, "answer", **{"class": "A", "text": "渠道已清淤，水已通。", "language": "zh"})
        if state == "settled":
            self.does(by, case, "release")
            self.does("resident", case, "verdict", solved=True)
            self.does(by, case, "inspection", note="ok")
            self.does("chair", case, "settlement")
        return case
