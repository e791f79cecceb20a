"""The administrator's pages about places."""

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import journal
from fieldapp.access import only
from fieldapp.answers import answer, done
from fieldapp.database import db
from fieldapp.places import registering
from fieldapp.places.registering import REGISTERS, Register

places = Blueprint("places", __name__, url_prefix="/places")

NOUN = "/<any(areas, units, stations, categories):noun>"


@places.get("", endpoint="places", defaults={"noun": "areas"})
@places.get(NOUN)
@only("admin")
def rows(noun: str):
    register = REGISTERS[noun]
    found = list(db.session.scalars(register.within_reach(current_user)))
    return answer("places/rows.html", "places/_rows.html", register=register, rows=found, here=noun)


def _form_page(register: Register, form, row):
    status = 422 if form.is_submitted() else 200
    return answer("places/row.html", "places/_row.html", status, register=register, form=form, row=row, here=register.noun)


@places.route(NOUN + "/new", methods=["GET", "POST"])
@only("admin")
def enter(noun: str):
    register = REGISTERS[noun]
    form = register.form()
    if not form.validate_on_submit():
        return done(f"/places/{noun}") if journal.done_already(form.once.data) else _form_page(register, form, None)
    registering.enter(current_user, register, form.given, form.once.data)
    journal.commit_once(form.once.data)
    return done(f"/places/{noun}", _("Saved."))


@places.route(NOUN + "/<int:row_id>", methods=["GET", "POST"])
@only("admin")
def row(noun: str, row_id: int):
    register = REGISTERS[noun]
    found = db.session.scalar(register.within_reach(current_user).where(register.form.model.id == row_id)) or abort(404)
    form = register.form(found) if request.method == "POST" else register.form.of(found)
    if not form.validate_on_submit():
        return _form_page(register, form, found)
    if not journal.done_already(form.once.data):
        registering.alter(current_user, register, found, form.given, form.once.data)
        journal.commit_once(form.once.data)
    return done(f"/places/{noun}", _("Saved."))
