"""What every staff page shows around its content: whose it is, where to go."""

from flask import Flask, current_app, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from fieldapp import access, language
from fieldapp.addresses import url_for

# endpoint, label, icon; shown where the policy lets the person in.
PLACES = (
    ("field.home", _l("Field"), "map-pin"),
    ("cases.desk", _l("Waiting"), "inbox"),
    ("cases.ledger", _l("Ledger"), "list"),
    ("suggestions.listed", _l("Suggestions"), "file-text"),
    ("cases.enter", _l("New case"), "plus"),
    ("activities.rounds", _l("Rounds"), "route"),
    ("public.telephone", _l("Telephone"), "phone"),
    ("slips.books", _l("Slips"), "qr-code"),
    ("people.people", _l("People"), "users"),
    ("people.phones", _l("Deputies' phones"), "smartphone"),
    ("places.places", _l("Places"), "building-2"),
    ("public.posters", _l("Posters"), "printer"),
)


def init_app(app: Flask) -> None:
    app.context_processor(_surroundings)


def _surroundings() -> dict:
    person = current_user._get_current_object()
    if not person.is_authenticated:
        return {"demonstration": is_demonstration(), "navigation": (), "township": ""}
    from fieldapp.places import edition
    from fieldapp.places.place import Area

    area = edition.rows(Area)[person.area_id]
    return {
        "demonstration": area.demonstration,
        "township": area.name,
        "sign_out_url": url_for("people.sign_out"),
        "navigation": _places(person.role, request.endpoint),
    }


def _places(role: str, endpoint: str | None) -> tuple:
    """Address, label, icon, whether it is this page: the same for all of a role."""
    kept = current_app.extensions.setdefault("navigation", {})
    key = (role, endpoint, language.current(), request.script_root)
    if key not in kept:
        kept[key] = tuple(
            (url_for(place), str(label), icon, place == endpoint)
            for place, label, icon in PLACES
            if place in current_app.view_functions and access.may_visit(place)
        )
    return kept[key]


def is_demonstration() -> bool:
    """A site is a demonstration as a whole: the demonstration fills only an empty database."""
    from sqlalchemy import select

    from fieldapp.database import db
    from fieldapp.places.place import Area

    known = current_app.extensions.setdefault("demonstration", [])
    if not known:
        answer = db.session.scalar(select(Area.demonstration).limit(1))
        if answer is None:
            return False
        known.append(answer)
    return known[0]
