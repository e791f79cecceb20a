"""The administrator's pages about places."""

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import journal
from fieldapp.access import only
from fieldapp.answers import answer, done
from fieldapp.database import db, today
from fieldapp.places import registering, year
from fieldapp.places.calendar import CalendarDay
from fieldapp.places.forms import DayForm, LimitsForm
from fieldapp.places.limits import ERASE_AFTER, LIMITS
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


def _county():
    """The county whose rules these are: its own administrator sets them."""
    return current_user.area if current_user.area.kind == "county" else abort(404)


@places.route("/limits", methods=["GET", "POST"])
@only("admin")
def limits():
    county = _county()
    form = LimitsForm(data={**LIMITS, **county.setting("limits", {}), "erase_after": county.setting("erase_after", ERASE_AFTER)})
    if not form.validate_on_submit():
        return answer(
            "places/limits.html", "places/_limits.html", 422 if form.is_submitted() else 200, form=form, county=county, here="limits"
        )
    if not journal.done_already(form.once.data):
        registering.set_limits(current_user, county, form.data, form.once.data)
        journal.commit_once(form.once.data)
    return done("/places/limits", _("Saved."))


@places.route("/calendar", methods=["GET", "POST"])
@only("admin")
def calendar():
    county, form = _county(), DayForm()
    if not form.validate_on_submit():
        return _calendar_page(county, form)
    if not journal.done_already(form.once.data):
        given = {"day": form.day.data, "works": form.works.data == "working", "names": form.names}
        registering.set_day(current_user, county, given, form.once.data)
        journal.commit_once(form.once.data)
    return done(f"/places/calendar?year={form.day.data.year}", _("Saved."))


def _calendar_page(county, form: DayForm):
    asked = request.args.get("year", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and 2020 <= int(asked) <= 2099 else today().year
    context = {
        "year": number,
        "months": year.months(county, number),
        "weekdays": year.weekdays(),
        "entries": year.entries(county, number),
        "provisional": year.provisional(number),
        "county": county,
        "form": form,
        "here": "calendar",
    }
    return answer("places/calendar.html", "places/_calendar.html", 422 if form.is_submitted() else 200, **context)


@places.post("/calendar/<int:day_id>/removal")
@only("admin")
def remove_day(day_id: int):
    found = db.session.get(CalendarDay, day_id)
    if found is None or found.area_id != _county().id:
        abort(404)
    number = found.day.year
    registering.remove_day(current_user, found)
    db.session.commit()
    return done(f"/places/calendar?year={number}", _("The day is as in the national calendar again."))
