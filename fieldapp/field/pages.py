"""The deputy's pages: my cases, a new case, the slip to hand over."""

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import journal
from fieldapp.access import only
from fieldapp.activities import phone
from fieldapp.answers import done, once
from fieldapp.cases import guards, lookback, pictures
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.field import lock, pages_cases, pages_logging, pages_words
from fieldapp.field.blueprint import field
from fieldapp.field.pages_files import modules
from fieldapp.field.pages_form import NewCase
from fieldapp.slips.codes import address
from fieldapp.slips.symbol import symbol


@field.get("/field")
@only("deputy")
def home():
    rows = pages_cases.mine(current_user, since=pages_cases.last_visit(current_user))
    outings = {"round": phone.present(current_user), "called_off": phone.called_off(current_user)}
    around = {"lookbacks": lookback.list_of(current_user), **outings}
    page = render_template("field/home.html", rows=rows, shell=False, **around, **surroundings("home"))
    return pages_cases.remember_visit(make_response(page))


@field.get("/field/mine")
@only("deputy")
def mine():
    """The list alone, for the app's own page."""
    return render_template("field/_cases.html", rows=pages_cases.mine(current_user), lookbacks=lookback.list_of(current_user))


@field.route("/field/new", methods=["GET", "POST"])
@only("deputy")
def new():
    form = NewCase()
    form.prepare(current_user, knows="keep" in request.form)
    if not form.is_submitted():
        form.once.data = once()
        form.preset()
        return new_page(form)
    if earlier := journal.done_already(form.once.data):
        return to_slip(pages_logging.of(earlier))
    if not form.validate():
        return new_page(form, 422)
    try:
        return to_slip(pages_logging.logged(form))
    except pictures.NotAPicture as problem:
        form.photos.errors = [problem.sentence]
        return new_page(form, 422)


@field.get("/field/cases/<number>/slip")
@only("deputy")
def slip(number):
    case = db.first_or_404(Case.reachable_by(current_user).where(Case.number == number))
    if lock.is_hidden(case):
        return done(lock.ask(url_for("field.slip", number=number)))
    # The code is the resident's voice: it is not lent to who works for a body that had the matter.
    lent = case.slip and not guards.is_party(case, current_user)
    return render_template("field/slip.html", case=case, symbol=symbol(address(case.slip)) if lent else None, **surroundings("slip"))


def to_slip(case):
    if case.deputy_id != current_user.id:
        return done(url_for("field.home"), _("The case is on record. It has passed to %(name)s.", name=case.deputy.name))
    return done(url_for("field.slip", number=case.number))


def new_page(form, status: int = 200):
    return render_template("field/new.html", form=form, shell=False, **surroundings("new")), status


def surroundings(name: str) -> dict:
    """What every page of the app carries: its name, and the script's words."""
    return {"name": name, "words": pages_words.for_script(name), "base": pages_words.base(), "modules": modules()}
