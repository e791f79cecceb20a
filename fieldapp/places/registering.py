"""What an administrator does with places: each act journalled."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from fieldapp import journal
from fieldapp.database import db
from fieldapp.places.calendar import CalendarDay
from fieldapp.places.forms import AreaForm, CategoryForm, RowForm, StationForm, UnitForm
from fieldapp.places.names import areas_within
from fieldapp.places.place import Area, Category, Station, Unit


@dataclass(frozen=True)
class Register:
    """One kind of place: how it is called, typed and listed."""

    noun: str
    form: type[RowForm]
    title: str
    new: str
    empty: str

    @property
    def thing(self) -> str:
        return self.form.model.__tablename__

    def within_reach(self, admin) -> Select:
        """The rows an administrator looks after; categories are everybody's."""
        ids = [area.id for area in areas_within(admin.area)]
        reach = {
            Area: lambda: select(Area).where(Area.id.in_(ids)).order_by(Area.parent_id.is_not(None), Area.parent_id, Area.id),
            Unit: lambda: select(Unit).where(Unit.area_id.in_(ids)).order_by(Unit.area_id, Unit.id),
            Station: lambda: select(Station).where(Station.area_id.in_(ids)).order_by(Station.area_id, Station.id),
            Category: lambda: select(Category).order_by(Category.position, Category.id),
        }
        return reach[self.form.model]()


REGISTERS = {
    "areas": Register("areas", AreaForm, _l("Areas"), _l("New area"), _l("No area yet.")),
    "units": Register("units", UnitForm, _l("Units"), _l("New unit"), _l("No unit yet.")),
    "stations": Register("stations", StationForm, _l("Stations"), _l("New station"), _l("No station yet.")),
    "categories": Register("categories", CategoryForm, _l("Categories"), _l("New category"), _l("No category yet.")),
}


def enter(admin, register: Register, given: dict, once: str) -> None:
    row = register.form.model(**given)
    db.session.add(row)
    db.session.flush()
    journal.record(f"{register.thing}:{row.id}", "added", admin, facts={"code": row.code}, once=once)


def alter(admin, register: Register, row, given: dict, once: str) -> None:
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        journal.record(f"{register.thing}:{row.id}", "altered", admin, facts={"changed": sorted(changed)}, once=once)


def set_limits(admin, area: Area, given: dict, once: str) -> None:
    """A county's limits, what is usual, when contacts are erased; a township's shorter limits."""
    area.settings = {**(area.settings or {}), **given}
    journal.record(f"area:{area.id}", "limits", admin, facts=given, once=once)


def set_day(admin, county: Area, given: dict, once: str) -> str | None:
    """A day of the county's own; entered twice, the later word holds. The
    address of what it moved, where it moved anything."""
    row = db.session.scalar(select(CalendarDay).where(CalendarDay.area_id == county.id, CalendarDay.day == given["day"]))
    if row is None:
        row = CalendarDay(area_id=county.id, day=given["day"])
        db.session.add(row)
    row.works, row.names = given["works"], given["names"]
    facts = {"day": given["day"].isoformat(), "works": given["works"]}
    return _changed(admin, county, journal.record(f"area:{county.id}", "calendar_day", admin, facts=facts, once=once))


def remove_day(admin, county: Area, row: CalendarDay) -> str | None:
    facts = {"day": row.day.isoformat()}
    db.session.delete(row)
    return _changed(admin, county, journal.record(f"area:{row.area_id}", "calendar_day_removed", admin, facts=facts))


def _changed(admin, county: Area, entry: journal.Entry) -> str | None:
    """Whoever counts days hears of it, in the same transaction."""
    db.session.flush()
    told = [hear(county, admin, entry) for hear in current_app.extensions.get("calendar changes", [])]
    return next(filter(None, told), None)
