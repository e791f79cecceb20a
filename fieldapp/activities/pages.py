"""One round on a page of its own, and what is done there."""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import access, answers
from fieldapp.access import only
from fieldapp.activities import acts, figures, telling
from fieldapp.activities.blueprint import activities
from fieldapp.activities.forms import CallingOffForm, ClosingForm, StopForm
from fieldapp.activities.round import Round, Stop
from fieldapp.cases import listing
from fieldapp.cases.ledger import FILTERS
from fieldapp.database import db, today

OFFICE = ("clerk", "chair")
SHOWN = 100


def reached(code: str) -> Round:
    """The round, where it exists for the person signed in; else 404."""
    return db.session.scalar(Round.reachable_by(current_user).where(Round.code == code)) or abort(404)


def may_act(round: Round, *roles: str) -> bool:
    """The office acts on every round of the township, a deputy on those they go along."""
    return current_user.role in roles or (current_user.role == "deputy" and round.has(current_user))


@activities.get("/rounds/<code>")
@only("deputy", *OFFICE)
def round(code):
    return show(reached(code))


@activities.post("/rounds/<code>/presence")
@only("deputy", "clerk")
def presence(code):
    """ "I am here now", from a page; the phone's way is /field/sync/presence."""
    round = reached(code)
    stop = _stop(round, request.form.get("stop", type=int))
    if not may_act(round, "clerk"):
        abort(404)
    known = stop.reached_at
    try:
        acts.arrive(stop, current_user, once=request.form.get("once") or None)
    except acts.Refused as refused:
        return _refuse(code, refused)
    target = url_for("field.home") if request.form.get("back") == "field" else url_for("activities.round", code=code)
    return answers.done(target, _("This stop was reported before. The first time stands.") if known else _("Done."))


def _stop(round: Round, stop_id: int | None) -> Stop:
    return next((stop for stop in round.stops if stop.id == stop_id), None) or abort(404)


@activities.post("/rounds/<code>/stops")
@only("deputy", *OFFICE)
def further_stop(code):
    round = _for_acting(code)
    form = StopForm().prepare(round.township)
    if not form.validate():
        return show(round, stop_form=form, status=422)
    try:
        acts.go_on(round, current_user, form.stop(), form.once.data or None)
    except acts.Refused as refused:
        return _refuse(code, refused, stop_form=form)
    return answers.done(url_for("activities.round", code=code), _("The stop is on the round."))


@activities.post("/rounds/<code>/closing")
@only("deputy", *OFFICE)
def closing(code):
    return _end(_for_acting(code), "closing_form", ClosingForm(), acts.close, _("The round is closed."))


@activities.post("/rounds/<code>/calling-off")
@only(*OFFICE)
def calling_off(code):
    return _end(
        reached(code), "off_form", CallingOffForm(), acts.call_off, _("The round is called off. Its deputies see it on their phones.")
    )


def _end(round: Round, name: str, form, act, done: str):
    """Closed or called off, as the form that came says; ``name`` is the page's for it."""
    code = round.code
    if not form.validate():
        return show(round, **{name: form}, status=422)
    try:
        act(round, current_user, form.given(), version=form.version.data or 0, once=form.once.data or None)
    except acts.Refused as refused:
        return _refuse(code, refused, **{name: form})
    return answers.done(url_for("activities.round", code=code), done)


def _for_acting(code: str) -> Round:
    round = reached(code)
    return round if may_act(round, *OFFICE) else abort(404)


def _refuse(code: str, refused: acts.Refused, **typed):
    """The page as it is now, with one sentence and everything typed."""
    db.session.rollback()
    round = reached(code)
    for form in typed.values():
        renew(form, round)
    return show(round, refusal=refused.sentence, status=409, **typed)


def renew(form, round: Round) -> None:
    """The present version and a new key: what was typed stays."""
    form.version.data, form.version.raw_data = round.version, None
    form.once.data = answers.once()


def show(round: Round, *, stop_form=None, closing_form=None, off_form=None, refusal: str | None = None, status: int = 200):
    acting = may_act(round, *OFFICE) and not round.is_over
    return answers.answer(
        "activities/round.html",
        "activities/_round.html",
        status,
        round=round,
        figures=figures.of(round),
        rows=listing.rows(current_user, FILTERS["activity"], limit=SHOWN, activity=round.code),
        lines=telling.lines(round),
        refusal=refusal,
        may_report=may_act(round, "clerk") and not round.is_over and round.day <= today(),
        may_plan=access.may_visit("activities.plan") and not round.is_over,
        stop_form=acting and (stop_form or _blank(StopForm, round)),
        closing_form=acting and round.day <= today() and (closing_form or _blank(ClosingForm, round)),
        off_form=access.may_visit("activities.calling_off") and round.may_be_called_off and (off_form or _blank(CallingOffForm, round)),
        ledger=access.may_visit("cases.ledger"),
        opened={name for name, form in (("stop", stop_form), ("closing", closing_form), ("off", off_form)) if form},
    )


def _blank(kind, round: Round):
    form = kind(formdata=None).prepare(round.township)
    form.version.data, form.once.data = round.version, answers.once()
    return form
