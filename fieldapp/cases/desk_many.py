"""Ten alike in one go: each case is its own transaction, and says how it went."""

import hashlib

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectField
from wtforms.validators import InputRequired

from fieldapp import answers
from fieldapp.access import only
from fieldapp.cases import choosing
from fieldapp.cases.asking import CHOOSE, MoveForm, harmless, one_of, words
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import Case
from fieldapp.cases.detector import suspicious
from fieldapp.cases.extending import DueDateForm
from fieldapp.cases.performing import Refused, perform
from fieldapp.database import db
from fieldapp.places import limits


class HandoverMany(MoveForm):
    unit = SelectField(_l("To which unit"), [InputRequired(CHOOSE)], coerce=choosing.number)
    speed = one_of(_l("Until when"))
    summary = words(_l("Summary for those that have none yet: the only words that the unit and the public read"), 200, needed=False)
    validate_summary = staticmethod(harmless)

    def prepare(self, case, actor):
        self.summary.flags.conditional = True
        if all(case.summary for case in self.found):
            del self.summary
        self.township = actor.area
        self.unit.choices = choosing.one_unit(actor.area)
        self.speed.choices = choosing.speeds(actor.area)
        if not self.bound:
            self.speed.data = "ordinary"

    def given_for(self, case):
        photos = [photo.id for photo in choosing.photos(case) if photo.approved]
        limit = limits.of(self.township)[self.speed.data]
        return {"unit": choosing.unit(self.unit.data), "limit": limit, "summary": self.summary_of(case), "photos": photos}

    def summary_of(self, case) -> str:
        return case.summary or (self.summary and self.summary.data) or ""


class UrgeMany(MoveForm):
    def given_for(self, case):
        return {}


class DueDateMany(DueDateForm):
    def given_for(self, case):
        return {"due": self.due.data, "reason": self.reason.data}


FORMS = {"handover": HandoverMany, "urge": UrgeMany, "due_date": DueDateMany}


@cases.post("/desk/<any(handover, urge, due_date):name>")
@only("chair")
def many(name):
    chosen = request.form.getlist("case")
    form = FORMS[name]()
    form.bound = "sure" in request.form
    found = form.found = [case for case in map(_reached, chosen) if case]
    form.prepare(None, current_user)
    form.once.data = form.once.data or answers.once()
    if not found or not form.bound or not form.validate():
        status = 422 if found and form.bound else 200
        return answers.answer("cases/many.html", "cases/many.html", status, form=form, name=name, found=found, results=None)
    results = [(case.number, *_one(case, name, form)) for case in found]
    return answers.answer("cases/many.html", "cases/many.html", form=form, name=name, found=found, results=results)


def _reached(number: str) -> Case | None:
    return db.session.scalar(Case.reachable_by(current_user).where(Case.number == number))


def _one(case: Case, name: str, form) -> tuple[bool, str]:
    """Whether it was done, and the sentence to read."""
    if name == "handover" and not form.summary_of(case):
        return False, _("It has no summary yet: open it and write one.")
    if name == "handover" and suspicious(case.summary):
        return False, _("Its summary seems to hold a telephone or ID number: open it and take that out.")
    version = request.form.get(f"version-{case.number}", type=int)
    once = hashlib.sha256(f"{form.once.data}:{case.number}".encode()).hexdigest()
    try:
        perform(case, name, current_user, form.given_for(case), version=version, once=once)
    except Refused as refused:
        db.session.rollback()
        return False, refused.sentence
    return True, _("Done.")
