"""Planning a round, changing its plan, and starting one in the field."""

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from fieldapp import answers, journal
from fieldapp.access import only
from fieldapp.activities import acts, topics
from fieldapp.activities.blueprint import activities
from fieldapp.activities.forms import NowForm, PlanForm
from fieldapp.activities.pages import OFFICE, reached, renew, show
from fieldapp.activities.round import Round
from fieldapp.database import db, today


@activities.route("/rounds/new", methods=["GET", "POST"])
@only(*OFFICE)
def new():
    form = PlanForm().prepare(current_user.area.township)
    if not form.is_submitted():
        form.day.data, form.once.data = today(), answers.once()
        return _page(form)
    if not form.validate():
        return _page(form, status=422)
    try:
        stops = [{name: value for name, value in stop.items() if name != "id"} for stop in form.stops()]
        round = acts.plan(current_user, form.given(), stops, form.once.data or None)
    except acts.Refused as refused:
        form.once.data = answers.once()
        return _page(form, refusal=refused.sentence, status=409)
    return answers.done(url_for("activities.round", code=round.code), _("The round is planned."))


@activities.route("/rounds/<code>/plan", methods=["GET", "POST"])
@only(*OFFICE)
def plan(code):
    round = reached(code)
    form = PlanForm().prepare(round.township, round)
    if not form.is_submitted():
        form.fill(round)
        form.version.data, form.once.data = round.version, answers.once()
        return show(round) if round.is_over else _page(form, round)
    if not form.validate():
        return _page(form, round, status=422)
    try:
        acts.alter(round, current_user, form.given(), form.stops(), version=form.version.data or 0, once=form.once.data or None)
    except acts.Refused as refused:
        db.session.rollback()
        round = reached(code)
        renew(form, round)
        return _page(form, round, refusal=refused.sentence, status=409)
    return answers.done(url_for("activities.round", code=code), _("Saved."))


def _page(form: PlanForm, round: Round | None = None, *, refusal: str | None = None, status: int = 200):
    usual = {"usual_topics": topics.USUAL}
    return answers.answer("activities/plan.html", "activities/_plan.html", status, form=form, round=round, refusal=refusal, **usual)


@activities.route("/rounds/now", methods=["GET", "POST"])
@only("deputy")
def start():
    form = NowForm().prepare(current_user.area.township)
    if not form.is_submitted():
        form.once.data = answers.once()
        return _start(form)
    if not form.validate():
        return _start(form, status=422)
    if (running := under_way(current_user)) and not journal.done_already(form.once.data):
        return _start(
            form, refusal=_("You are on a round today: %(name)s. Close it first, or add a stop to it.", name=running.name), status=409
        )
    try:
        acts.start(current_user, {"topic": form.topic.data or ""}, form.stop(), form.once.data or None)
    except acts.Refused as refused:
        return _start(form, refusal=refused.sentence, status=409)
    return answers.done(url_for("field.home"), _("The round has begun."))


def _start(form: NowForm, *, refusal: str | None = None, status: int = 200):
    about = {"running": under_way(current_user), "usual_topics": topics.USUAL}
    return answers.answer("activities/start.html", "activities/_start.html", status, form=form, refusal=refusal, **about)


def under_way(deputy) -> Round | None:
    """The deputy's own round of today that is not closed."""
    query = select(Round).where(
        Round.day == today(), Round.closed_at.is_(None), Round.called_off.is_(None), Round.deputies.any(id=deputy.id)
    )
    return db.session.scalar(query.order_by(Round.id).limit(1))
