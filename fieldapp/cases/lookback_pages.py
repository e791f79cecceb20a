"""A look-back on a page of its own: for whoever goes there, also without the case.

Whoever makes the second visit is not the case's deputy: they read where the
place is and what the unit said it did, and nothing of who raised it.
"""

from dataclasses import dataclass
from datetime import date

from flask import abort, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import answers
from fieldapp.access import only
from fieldapp.cases import forms, lookback
from fieldapp.cases.blueprint import cases
from fieldapp.cases.lookback import Lookback
from fieldapp.cases.performing import Refused, perform
from fieldapp.database import db


@dataclass(frozen=True)
class Visit:
    """All that the visitor reads."""

    category: str
    category_code: str
    village: str
    summary: str
    answer: str
    language: str
    kind: str
    due: date
    late: bool


@cases.get("/look-backs/<int:id>")
@only(*lookback.WHO)
def look_back(id):
    found = reached(id)
    return show(found, forms.blank("lookback", found.case, current_user))


@cases.post("/look-backs/<int:id>")
@only(*lookback.WHO)
def looked_back(id):
    found = reached(id)
    form = forms.sent("lookback", found.case, current_user)
    if not form.validate():
        return show(found, form, 422)
    given = {**form.given(), "lookback": found}
    try:
        perform(found.case, "lookback", current_user, given, version=form.version.data or "", once=form.once.data or None)
    except Refused as refused:
        db.session.rollback()
        form.renew(found.case, current_user)
        return show(reached(id), form, 409, refused.sentence)
    return answers.done(url_for("people.home"), _("Done."))


def reached(id) -> Lookback:
    """The look-back where this person may make it now; else 404."""
    found = db.session.get(Lookback, id)
    return found if found and lookback.may_make_this(found, current_user) else abort(404)


def show(found: Lookback, form, status: int = 200, refusal: str | None = None):
    return answers.answer(
        "cases/lookback.html", "cases/_lookback.html", status, id=found.id, visit=_visit(found), form=form, refusal=refusal
    )


def _visit(found: Lookback) -> Visit:
    case = found.case
    return Visit(
        category=case.category.name,
        category_code=case.category.code,
        village=case.village.name,
        summary=case.summary,
        answer=case.answer.text,
        language=case.answer.language,
        kind=str(found.kind_name),
        due=found.due,
        late=found.is_late,
    )
