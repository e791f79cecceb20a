"""The administrator's page that passes a former deputy's cases and slips on."""

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from fieldapp import journal
from fieldapp.access import only
from fieldapp.answers import answer, done, once
from fieldapp.cases import choosing, succession
from fieldapp.cases.asking import CHOOSE
from fieldapp.cases.blueprint import cases
from fieldapp.database import db
from fieldapp.people import mandates
from fieldapp.people.administering import within_reach
from fieldapp.people.person import Mandate, Person


class SuccessionForm(FlaskForm):
    once = HiddenField(default=once)
    successor = SelectField(_l("Who follows"), [InputRequired(CHOOSE)], coerce=choosing.number)

    def __init__(self, mandate: Mandate):
        super().__init__()
        self.people = {person.id: person for person in mandates.possible_successors(mandate)}
        self.successor.choices = [("", _("Please choose")), *((key, person.name) for key, person in self.people.items())]


@cases.route("/people/<int:person_id>/mandates/<int:mandate_id>/succession", methods=["GET", "POST"], endpoint="succession")
@only("admin")
def page(person_id: int, mandate_id: int):
    mandate = _reached(person_id, mandate_id)
    form = SuccessionForm(mandate)
    if earlier := journal.done_already(form.once.data if form.is_submitted() else None):
        return done(f"/people/{person_id}", _told(earlier.facts))
    may = mandates.has_ended(mandate) and mandate.successor_id is None
    if not (form.is_submitted() and may and form.validate()):
        return _page(mandate, form, may, 200 if not form.is_submitted() else 422 if may else 409)
    number, books = succession.succeed(current_user, mandate, form.people[form.successor.data], form.once.data or None)
    journal.commit_once(form.once.data)
    return done(f"/people/{person_id}", _told({"cases": number, "books": books}))


def _page(mandate: Mandate, form, may: bool, status: int):
    number, books = succession.counts(mandate)
    context = {"mandate": mandate, "person": mandate.person, "form": form, "may": may, "number": number, "books": books}
    return answer("cases/succession.html", "cases/_succession.html", status, **context)


def _told(facts: dict) -> str:
    return _("Done: %(cases)s cases and %(books)s books have passed on.", cases=facts["cases"], books=facts["books"])


def _reached(person_id: int, mandate_id: int) -> Mandate:
    person = db.session.scalar(within_reach(current_user).where(Person.id == person_id)) or abort(404)
    return next((row for row in person.mandates if row.id == mandate_id), None) or abort(404)
