"""Areas, units, stations, categories and the calendar: routes."""

from flask import Flask

from fieldapp.places import edition
from fieldapp.places.calendar import CalendarDay
from fieldapp.places.place import Area, Category, Station, Unit
from fieldapp.places.routes import places
from fieldapp.places.rules import limits

__all__ = ["Area", "CalendarDay", "Category", "Station", "Unit", "limits"]


def init_app(app: Flask) -> None:
    app.register_blueprint(places)
    edition.watch(Area, CalendarDay, Category, Station, Unit)
