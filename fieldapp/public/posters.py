"""Posters that lead to a station's or deputy's page, on A4 and A6."""

from flask import abort, current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from fieldapp.access import only
from fieldapp.database import db
from fieldapp.language import LANGUAGES
from fieldapp.people.person import Person
from fieldapp.places.place import Area, Station
from fieldapp.public import stations_holder
from fieldapp.public.blueprint import public
from fieldapp.public.stations_holder import Holder
from fieldapp.slips.books import areas
from fieldapp.slips.symbol import symbol


@public.get("/posters")
@only("clerk", "chair", "admin")
def posters():
    stations, deputies = _stations(), _deputies()
    several = len({holder.township.id for holder in stations + deputies}) > 1
    return render_template("public/posters.html", stations=stations, deputies=deputies, several=several)


def _stations() -> list[Holder]:
    near = select(Area.id).where(Area.id.in_(areas(current_user)) | Area.parent_id.in_(areas(current_user)))
    return [Holder("station", row) for row in db.session.scalars(select(Station).where(Station.area_id.in_(near)).order_by(Station.id))]


def _deputies() -> list[Holder]:
    near = Person.area_id.in_(areas(current_user))
    rows = db.session.scalars(select(Person).where(Person.role == "deputy", Person.active, near).order_by(Person.id))
    found = (stations_holder.deputy(stations_holder.code_of(row)) for row in rows)
    return [holder for holder in found if holder]


@public.get("/posters/<any(station, deputy):kind>/<code>/<any(a4, a6):size>")
@only("clerk", "chair", "admin")
def poster(kind, code, size):
    holder = next((one for one in (_stations() if kind == "station" else _deputies()) if one.code == code), None) or abort(404)
    return render_template(
        "public/poster.html",
        holder=holder,
        size=size,
        symbol=symbol(holder.address),
        words=words(holder),
        typed=current_app.config["BASE_URL"].split("://")[-1] + holder.path,
    )


def words(holder: Holder) -> list[dict]:
    """The poster's sentences in all three languages, whatever the reader's."""
    return [{"language": language, **_words(holder, language)} for language in LANGUAGES]


def _words(holder: Holder, language: str) -> dict:
    hours = holder.row.hours if holder.kind == "station" else {}
    with force_locale(language):
        return {
            "direction": "rtl" if language == "ug" else "ltr",
            "name": holder.names.get(language, holder.names["zh"]),
            "call": _("Something wrong where you live? Tell your deputies."),
            "how": _("Scan, write a few words or send a photo. No account needed; your name only if you wish."),
            "hours": hours.get(language) or hours.get("zh", ""),
            "demonstration": _("Demonstration. Not valid."),
        }
