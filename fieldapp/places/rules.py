"""The rules of a county, and what a township makes shorter: limits, the calendar."""

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import journal
from fieldapp.access import only
from fieldapp.answers import answer, done
from fieldapp.database import db, today
from fieldapp.places import limits as rule
from fieldapp.places import registering, year
from fieldapp.places.calendar import CalendarDay
from fieldapp.places.forms import DayForm
from fieldapp.places.limit_forms import TownshipLimits, county_form
from fieldapp.places.names import areas_within
from fieldapp.places.routes import places


def _county():
    """The county whose rules these are: its own administrator sets them."""
    return current_user.area if current_user.area.kind == "county" else abort(404)


@places.route("/limits", methods=["GET", "POST"])
@only("admin")
def limits():
    area = current_user.area
    return _limits_of(area, county_form(area) if area.kind == "county" else TownshipLimits(area), "/places/limits")


@places.route("/limits/<code>", methods=["GET", "POST"])
@only("admin")
def township_limits(code: str):
    township = next((area for area in _townships() if area.code == code), None) or abort(404)
    return _limits_of(township, TownshipLimits(township), f"/places/limits/{code}")


def _limits_of(area, form, address: str):
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        page = {"form": form, "area": area, "townships": [], "held": rule.of, "address": address, "here": "limits"}
        if area.kind == "county":
            page["townships"] = _townships()
        return answer("places/limits.html", "places/_limits.html", status, **page)
    if not journal.done_already(form.once.data):
        registering.set_limits(current_user, area, form.given(), form.once.data)
        journal.commit_once(form.once.data)
    return done(address, _("Saved."))


def _townships() -> list:
    return [area for area in areas_within(current_user.area) if area.kind == "township"]


@places.route("/calendar", methods=["GET", "POST"])
@only("admin")
def calendar():
    county, form = _county(), DayForm()
    if not form.validate_on_submit():
        return _calendar_page(county, form)
    address = None
    if not journal.done_already(form.once.data):
        given = {"day": form.day.data, "works": form.works.data == "working", "names": form.names}
        address = registering.set_day(current_user._get_current_object(), county, given, form.once.data)
        if not journal.commit_once(form.once.data):
            address = None
    return done(address or f"/places/calendar?year={form.day.data.year}", _("Saved."))


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
    address = registering.remove_day(current_user._get_current_object(), _county(), found)
    db.session.commit()
    return done(address or f"/places/calendar?year={number}", _("The day is as in the national calendar again."))
