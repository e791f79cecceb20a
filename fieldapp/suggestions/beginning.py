"""How a suggestion begins: from a case or several, or from nothing."""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from fieldapp import answers, journal
from fieldapp.access import only
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.places.place import Area
from fieldapp.suggestions.acts import begin
from fieldapp.suggestions.blueprint import suggestions
from fieldapp.suggestions.forms import NewForm
from fieldapp.suggestions.suggestion import Suggestion

OFFERED = 10


@suggestions.route("/suggestions/new", methods=["GET", "POST"])
@only("deputy")
def new():
    """The words of the chosen cases' summaries stand in the form: nothing is typed twice."""
    offered = _offered(request.values.getlist("case"))
    form = NewForm() if request.method == "POST" else NewForm(formdata=None, **_from(offered, request.args.getlist("case")))
    form.bound = request.method == "POST"
    form.prepare(offered, current_user)
    if not form.is_submitted():
        form.once.data = answers.once()
    elif form.validate():
        return _begun(form, offered)
    return answers.answer("suggestions/new.html", "suggestions/_new.html", 422 if form.bound else 200, form=form)


def _offered(wanted: list[str]) -> list[Case]:
    """The deputy's latest cases, those asked for first."""
    mine = Case.reachable_by(current_user).where(Case.state != "withdrawn").order_by(Case.id.desc())
    asked = db.session.scalars(mine.where(Case.number.in_(wanted))).all()
    if len(asked) < len(set(wanted)):
        abort(404)
    return [*asked, *(case for case in db.session.scalars(mine.limit(OFFERED)) if case not in asked)]


def _from(offered: list[Case], wanted: list[str]) -> dict:
    chosen = [case for case in offered if case.number in wanted]
    summaries = [case.summary for case in chosen if case.summary]
    return {"title": summaries[0][:100] if summaries else "", "text": "\n".join(summaries), "cases": wanted}


def _begun(form: NewForm, offered: list[Case]):
    chosen = [case for case in offered if "cases" in form and case.number in (form.cases.data or [])]
    once = form.once.data or None
    try:
        if not (earlier := journal.done_already(once)):
            congress = db.session.get_one(Area, form.congress.data) if "congress" in form else None
            begun = begin(current_user, title=form.title.data, text=form.text.data, congress=congress, cases=chosen, once=once)
            db.session.commit()
            return answers.done(url_for("suggestions.suggestion", number=begun.number), _("The draft is kept. Submit it when it is ready."))
    except IntegrityError:
        db.session.rollback()
        if not (earlier := journal.done_already(once)):
            raise
    begun = db.session.get_one(Suggestion, int(earlier.thing.split(":")[1]))
    return answers.done(url_for("suggestions.suggestion", number=begun.number))
