"""The forms about assisting units: chosen at handover, added, let go, heard."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from fieldapp import language
from fieldapp.cases import assistance, choosing
from fieldapp.cases.asking import CHOOSE, MoveForm, harmless, one_of, words
from fieldapp.cases.levels import area_of
from fieldapp.database import today

ASKED = _l("What is asked of the assisting units; they read this")
OPINION_DUE = _l("Their opinion until when, at most one month")


def ticked(label, *rules):
    return SelectMultipleField(label, [*rules], coerce=int, widget=ListWidget(), option_widget=CheckboxInput())


def validate_opinion_due(form, field):
    if field.data and not today() <= field.data <= assistance.latest(today()):
        raise ValidationError(
            _l("An opinion is due within one month: please choose a day until %(day)s.", day=language.date(assistance.latest(today())))
        )


class BesideTheLead:
    """What a handover asks about assisting units."""

    assisting = ticked(_l("Which units assist"), Optional())
    asked_to = words(ASKED, 500, needed=False)
    opinion_due = DateField(OPINION_DUE, [Optional()])
    folded = ("assisting", "asked_to", "opinion_due")
    folded_label = _l("Assisting units")
    validate_opinion_due = staticmethod(validate_opinion_due)
    validate_asked_to = staticmethod(harmless)

    def offer_assisting(self, case):
        self.assisting.choices = choosing.units(area_of(case))
        if not self.bound:
            self.assisting.data = [row.unit_id for row in assistance.present(case)]

    def validate_assisting(self, field):
        if self.unit.data in (field.data or []):
            raise ValidationError(_l("This unit leads; it cannot assist as well. Please untick it."))

    def assisting_given(self) -> dict:
        units = [choosing.unit(unit_id) for unit_id in self.assisting.data or []]
        return {"assisting": units, "asked": self.asked_to.data or "", "opinion_due": self.opinion_due.data}


class AssistanceForm(MoveForm):
    units = ticked(_l("Which units assist"), InputRequired(CHOOSE))
    asked_to = words(ASKED, 500)
    opinion_due = DateField(OPINION_DUE, [InputRequired(CHOOSE)])
    validate_opinion_due = staticmethod(validate_opinion_due)
    validate_asked_to = staticmethod(harmless)

    def prepare(self, case, actor):
        busy = {case.unit_id} | {row.unit_id for row in assistance.present(case)}
        self.units.choices = [row for row in choosing.units(area_of(case)) if row[0] not in busy]
        if not self.bound:
            self.opinion_due.data = assistance.latest(today())

    def given(self):
        return {
            "units": [choosing.unit(unit_id) for unit_id in self.units.data],
            "asked": self.asked_to.data,
            "due": self.opinion_due.data,
        }


class AssistanceEndForm(MoveForm):
    unit = SelectField(_l("Which unit is let go"), [InputRequired(CHOOSE)], coerce=choosing.number)
    reason = words(_l("Why"), 1000)

    def prepare(self, case, actor):
        self.unit.choices = [(row.unit_id, row.unit.name) for row in assistance.present(case)]

    def given(self):
        return {"unit": choosing.unit(self.unit.data), "reason": self.reason.data}


class OpinionForm(MoveForm):
    text = words(_l("Your unit's opinion; the lead unit and the congress read it"), 4000)
    language = one_of(_l("The opinion is written in"), choices=[*language.LANGUAGES.items()])
    validate_text = staticmethod(harmless)

    def prepare(self, case, actor):
        if not self.bound:
            self.language.data = language.current()
