"""On paper: the letter of reply and the opinion form (征询意见表)."""

from flask import abort, render_template
from flask_login import current_user

from fieldapp.access import only
from fieldapp.cases.outcome import RATINGS
from fieldapp.suggestions.blueprint import suggestions
from fieldapp.suggestions.pages import STAFF, reached
from fieldapp.suggestions.sponsoring import speaking


@suggestions.get("/suggestions/<number>/letter")
@only(*STAFF)
def letter(number):
    """The formal letter of reply, for the unit's seal."""
    found = reached(number)
    return render_template("suggestions/letter.html", suggestion=found, reply=found.reply or abort(404))


@suggestions.get("/suggestions/<number>/opinion-form")
@only(*STAFF)
def opinion_form(number):
    """One sheet for each sponsor who still sits: filled in where they have said it here."""
    found = reached(number)
    reply = found.reply or abort(404)
    sheets = [sponsor for sponsor in speaking(found) if current_user.role != "deputy" or sponsor.person_id == current_user.id]
    return render_template("suggestions/opinion_form.html", suggestion=found, reply=reply, sheets=sheets, ratings=RATINGS)
