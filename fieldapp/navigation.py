"""What every staff page shows around its content: whose it is, where to go."""

import re
from types import SimpleNamespace

from flask import Flask, current_app, render_template, request, session
from flask.globals import _cv_app
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup, escape

from fieldapp import access, language
from fieldapp.addresses import page_address, url_for
from fieldapp.serving import token

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


# Stands where something is left open.
OPEN = "\x00{}\x00"
LEFT_OPEN = re.compile(OPEN.format(r"(\w+)"))


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


def around(template: str, region: str) -> str:
    """The page of this template with its ``region``. What stands around it is the
    same for all of a role in an area: it is drawn once, and whose page it is, its
    address and its token are left open. A page that has something to tell is drawn whole."""
    from fieldapp.places import edition

    person = current_user._get_current_object()
    if "_flashes" in session:
        return render_template(template, region=Markup(region))  # nosec B704: what a template drew
    key = (template, language.current(), person.role, person.area_id, person.device is None, request.endpoint, request.script_root)
    frame = edition.kept(key, lambda: _frame(template, person.device))
    return frame % {
        "id": person.id,
        "name": escape(person.name),
        "address": escape(page_address()),
        "token": token(),
        "region": region,
    }


def _frame(template: str, device) -> str:
    """Somebody's page, ready to be filled in."""
    whose = {name: Markup(OPEN.format(name)) for name in ("id", "name", "address", "token", "region")}  # nosec B704: no words of anybody
    drawn = render_template(
        template,
        region=whose["region"],
        page_address=lambda: whose["address"],
        csrf_token=lambda: whose["token"],
        current_user=SimpleNamespace(is_authenticated=True, id=whose["id"], name=whose["name"], device=device),
    )
    return LEFT_OPEN.sub(r"%(\1)s", drawn.replace("%", "%%"))


def is_demonstration() -> bool:
    """A site is a demonstration as a whole: the demonstration fills only an empty database."""
    from sqlalchemy import select

    from fieldapp.database import db
    from fieldapp.places.place import Area

    known = _cv_app.get().app.extensions.setdefault("demonstration", [])
    if not known:
        answer = db.session.scalar(select(Area.demonstration).limit(1))
        if answer is None:
            return False
        known.append(answer)
    return known[0]
