"""The list of suggestions, one on a page of its own, and the door for every move on it."""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import case

from fieldapp import answers
from fieldapp.access import may_visit, only
from fieldapp.cases.asking import typed_words
from fieldapp.cases.outcome import RATINGS
from fieldapp.database import db, today
from fieldapp.suggestions import forms, sentences
from fieldapp.suggestions.blueprint import suggestions
from fieldapp.suggestions.moves import MOVES, TABLE
from fieldapp.suggestions.performing import perform
from fieldapp.suggestions.sponsoring import sits
from fieldapp.suggestions.suggestion import STATES, Suggestion
from fieldapp.workflow import Refused

STAFF = ("deputy", "clerk", "chair", "unit", "county")
ON_THE_PAGE = frozenset(move.name for move in MOVES if move.leaving)
MOST = 200


def reached(number: str) -> Suggestion:
    """The suggestion, where it exists for the person signed in; else 404."""
    return db.session.scalar(Suggestion.reachable_by(current_user).where(Suggestion.numbered(number))) or abort(404)


@suggestions.get("/suggestions")
@only(*STAFF)
def listed():
    state = request.args.get("state")
    query = Suggestion.reachable_by(current_user).order_by(*_due_first()).limit(MOST)
    if state in STATES:
        query = query.where(Suggestion.state == state)
    rows = db.session.scalars(query).all()
    begins = may_visit("suggestions.new")
    return answers.answer(
        "suggestions/listed.html", "suggestions/_listed.html", rows=rows, states=STATES, chosen=state, light=light, begins=begins
    )


def _due_first():
    runs = Suggestion.state == "handed_over"
    return case((runs, 0), else_=1), case((runs, Suggestion.due), else_=None), Suggestion.id.desc()


@suggestions.get("/suggestions/<number>")
@only(*STAFF)
def suggestion(number):
    return show(reached(number))


@suggestions.post("/suggestions/<number>/<name>")
@only(*STAFF)
def move(number, name):
    if name not in ON_THE_PAGE:
        abort(404)
    found = reached(number)
    return _make(found, name, forms.sent(name, found, current_user))


def _make(found: Suggestion, name: str, form: forms.MoveForm):
    number = found.number
    if not form.validate():
        db.session.rollback()
        return show(found, {name: form}, status=422)
    try:
        perform(found, name, current_user, form.given(), version=form.version.data or "", once=form.once.data or None)
    except Refused as refused:
        db.session.rollback()
        form.renew(reached(number), current_user)
        return show(reached(number), {name: form}, status=409, refusal=refused.sentence)
    if db.session.scalar(Suggestion.reachable_by(current_user).where(Suggestion.numbered(number))) is None:
        return answers.done(url_for("suggestions.listed"), _("Done. The suggestion is no longer with you."))
    return answers.done(url_for("suggestions.suggestion", number=number), _("Done."))


def show(found: Suggestion, typed: dict | None = None, *, status: int = 200, refusal: str | None = None):
    """The suggestion with a form for each move open now."""
    typed = typed or {}
    doors = [(move, typed.get(move.name) or forms.blank(move.name, found, current_user)) for move in TABLE.open_moves(found, current_user)]
    kept = [text for name, form in typed.items() if name not in {door.name for door, _form in doors} for text in typed_words(form)]
    return answers.answer(
        "suggestions/suggestion.html",
        "suggestions/_suggestion.html",
        status,
        suggestion=found,
        lines=sentences.timeline(found, current_user),
        ratings=RATINGS,
        gone={sponsor.person_id for sponsor in found.sponsors if not sits(found, sponsor.person)},
        light=light(found),
        mine=current_user.role == "deputy",
        withheld=found.withheld if current_user.role != "unit" else "",
        doors=doors,
        opened=set(typed),
        refusal=refusal,
        kept=kept,
    )


def light(found: Suggestion) -> str | None:
    """green, amber in the last quarter or the last three days, red; None where no unit's clock runs."""
    if found.state != "handed_over" or found.due is None or found.handed_over_on is None:
        return None
    left, all_days = (found.due - today()).days, (found.due - found.handed_over_on).days
    return "red" if left < 0 else "amber" if left <= max(3, all_days // 4) else "green"
