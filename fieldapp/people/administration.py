"""The administrator's pages about people. No case is read here."""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import journal
from fieldapp.access import ROLES, only
from fieldapp.answers import answer, done
from fieldapp.database import db
from fieldapp.people import administering, listing, sessions
from fieldapp.people.person import Mandate, Person
from fieldapp.people.routes import people
from fieldapp.people.staff_forms import MandateEnd, MandateForm, PersonForm


@people.get("/people", endpoint="people")
@only("admin")
def everybody():
    page = listing.page(current_user, request.args)
    return answer("people/people.html", "people/_people.html", listed=page, roles=ROLES, asked=request.args)


@people.route("/people/new", methods=["GET", "POST"])
@only("admin")
def add():
    form = PersonForm()
    if not form.validate_on_submit():
        return answer("people/add.html", "people/_add.html", 422 if form.is_submitted() else 200, form=form)
    if journal.done_already(form.once.data):
        return _already(form.once.data)
    person, password = administering.add(current_user, form.given, form.once.data)
    return _given(person, password, form.once.data)


def _given(person: Person, password: str, once: str):
    """The only page that ever shows this password."""
    if not journal.commit_once(once):
        return _already(once)
    return answer("people/given.html", "people/_given.html", person=person, password=password)


def _already(once: str):
    entry = journal.done_already(once)
    notice = _("This was done already. Where the password was missed, make a new one.")
    return done(f"/people/{entry.thing.removeprefix('person:')}" if entry else "/people", notice)


def _reached(person_id: int) -> Person:
    query = administering.within_reach(current_user).where(Person.id == person_id)
    return db.session.scalar(query) or abort(404)


def _page(person: Person, status: int = 200, **forms):
    """One person; the form that was wrong stands on the page as it was sent."""
    forms = {
        "form": forms.get("form") or PersonForm.of(person, fresh=status != 200),
        "mandate_form": forms.get("mandate_form") or MandateForm(formdata=None),
        "ends": forms.get("ends") or {mandate.id: MandateEnd(formdata=None, ends=mandate.ends) for mandate in person.mandates},
    }
    phones = url_for("people.phones_of", person_id=person.id) if person.role == "deputy" and person.active else None
    context = {
        "phones": phones,
        "person": person,
        "role": ROLES[person.role],
        "open_sessions": len(sessions.of(person)),
        "lines": listing.lines(person),
    }
    return answer("people/person.html", "people/_person.html", status, **context, **forms)


@people.get("/people/<int:person_id>")
@only("admin")
def person(person_id: int):
    return _page(_reached(person_id))


@people.post("/people/<int:person_id>", endpoint="alter")
@only("admin")
def alter(person_id: int):
    person = _reached(person_id)
    form = PersonForm(person)
    if not form.validate():
        return _page(person, 422, form=form)
    administering.alter(current_user, person, form.given, form.once.data)
    journal.commit_once(form.once.data)
    return done(f"/people/{person_id}", _("Saved."))


@people.post("/people/<int:person_id>/password")
@only("admin")
def give_password(person_id: int):
    person, once = _reached(person_id), request.form.get("once", "")[:64] or None
    if journal.done_already(once):
        return _already(once or "")
    return _given(person, administering.give_password(current_user, person, once), once)


@people.post("/people/<int:person_id>/revocation")
@only("admin")
def end_sessions(person_id: int):
    administering.end_sessions(current_user, _reached(person_id))
    db.session.commit()
    return done(f"/people/{person_id}", _("All sessions of this person have ended."))


@people.post("/people/<int:person_id>/mandates")
@only("admin")
def add_mandate(person_id: int):
    person, form = _reached(person_id), MandateForm()
    if not form.validate():
        return _page(person, 422, mandate_form=form)
    if not journal.done_already(form.once.data):
        administering.add_mandate(current_user, person, form.given, form.once.data)
        journal.commit_once(form.once.data)
    return done(f"/people/{person_id}", _("Saved."))


@people.post("/people/<int:person_id>/mandates/<int:mandate_id>")
@only("admin")
def end_mandate(person_id: int, mandate_id: int):
    person = _reached(person_id)
    mandate: Mandate = next((row for row in person.mandates if row.id == mandate_id), None) or abort(404)
    form = MandateEnd()
    if form.validate() and form.ends.data <= mandate.begins:
        form.ends.errors = [_("A mandate ends after it begins.")]
    if form.errors:
        return _page(
            person, 422, ends={row.id: form if row is mandate else MandateEnd(formdata=None, ends=row.ends) for row in person.mandates}
        )
    administering.end_mandate(current_user, mandate, form.ends.data, form.once.data)
    journal.commit_once(form.once.data)
    return done(f"/people/{person_id}", _("Saved."))
