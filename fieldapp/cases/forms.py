"""The form of each move: what it asks, and what it gives to the act."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from fieldapp.cases import choosing, extending, returning
from fieldapp.cases.answering import AnswerForm, PaperAnswerForm, SpotForm, WordingForm
from fieldapp.cases.asking import CHOOSE, NEEDED, Asked, MoveForm, NeededWhen, harmless, one_of, words
from fieldapp.cases.assisting import AssistanceEndForm, AssistanceForm, BesideTheLead, OpinionForm
from fieldapp.cases.escalating import AdviceForm, CountyAdviceForm, EscalationForm
from fieldapp.cases.joining_form import JoinForm
from fieldapp.cases.levels import area_of
from fieldapp.cases.lookback_form import AssignmentForm, LookbackForm
from fieldapp.cases.outcome import CHANNELS
from fieldapp.cases.supervising import ReplyForm, ReportForm, SupervisionForm
from fieldapp.database import today
from fieldapp.places import limits
from fieldapp.slips.giving import Unusable, slip_for

FROM_TODAY = _l("Please choose a day from today on.")


class SummaryForm(MoveForm):
    summary = words(_l("Summary: the only words that the unit and the public read"), 200)
    validate_summary = staticmethod(harmless)

    def prepare(self, case, actor):
        if not self.bound:
            self.summary.data = case.summary


class SlipForm(MoveForm):
    slip = words(_l("Number or code of the slip"), 200, kind=StringField)

    def prepare(self, case, actor):
        self.actor = actor

    def validate_slip(self, field):
        try:
            self.found = slip_for(self.actor, field.data)
        except Unusable as problem:
            raise ValidationError(problem.sentence) from problem

    def given(self):
        return {"slip": self.found}


class HandoverForm(BesideTheLead, SummaryForm):
    unit = SelectField(_l("To which unit"), [InputRequired(CHOOSE)], coerce=choosing.number)
    speed = one_of(_l("Until when"))
    due = DateField(_l("Day"), [NeededWhen(lambda form: form.speed.data == "date", FROM_TODAY)])
    photos = SelectMultipleField(
        _l("Photos the unit may see"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput(), validators=[Optional()]
    )
    note = words(_l("A word for the record; the unit does not read it"), 1000, needed=False, kind=StringField)

    def prepare(self, case, actor):
        super().prepare(case, actor)
        self.case = case
        self.unit.choices = choosing.one_unit(area_of(case))
        self.offer_assisting(case)
        self.speed.choices = [*choosing.speeds(case.township), ("date", _l("Another day"))]
        self.photos.choices = [(photo.id, _l("Photo %(n)s", n=n)) for n, photo in enumerate(choosing.photos(case), 1)]
        if not self.photos.choices:
            del self.photos
        if not self.bound:
            self.speed.data = limits.usual(case.township, case.kind, case.category.code)
            self.unit.data = returning.wished(case)

    def validate_due(self, field):
        if self.speed.data == "date" and field.data and field.data < today():
            raise ValidationError(FROM_TODAY)

    def given(self):
        chosen = {"due": self.due.data, "limit": None}
        if self.speed.data != "date":
            chosen = {"due": None, "limit": limits.of(self.case.township)[self.speed.data]}
        return {
            "summary": self.summary.data,
            "note": self.note.data or "",
            "unit": choosing.unit(self.unit.data),
            "photos": (self.photos and self.photos.data) or [],
            **chosen,
            **self.assisting_given(),
        }


class AcceptanceForm(MoveForm):
    officer = SelectField(_l("Who handles it"), [InputRequired(CHOOSE)], coerce=choosing.number)

    def prepare(self, case, actor):
        self.officer.choices = choosing.officers(case.unit)
        if not self.bound:
            self.officer.data = actor.id

    def given(self):
        return {"officer": choosing.person(self.officer.data)}


class ReturnForm(MoveForm):
    reason = words(_l("Why it is not for you"), 1000)
    better = SelectField(_l("Who should have it"), [Optional()], coerce=choosing.number)

    def prepare(self, case, actor):
        self.better.choices = [("", _l("I do not know")), *[row for row in choosing.units(area_of(case)) if row[0] != case.unit_id]]

    def given(self):
        return {"reason": self.reason.data, "better": choosing.unit(self.better.data)}


class NoteForm(MoveForm):
    note = words(_l("What you saw"), 1000)


class UrgeForm(MoveForm):
    note = words(_l("A word for the record"), 1000, needed=False, kind=StringField)


class ReasonForm(MoveForm):
    reason = words(_l("Why"), 1000)


class ReworkForm(ReasonForm):
    """The unit reads these words on its work order."""

    validate_reason = staticmethod(harmless)


class FeedbackForm(MoveForm):
    channel = one_of(_l("How was the resident told"), choices=[(code, name) for code, name in CHANNELS.items() if code != "page"])
    told_on = DateField(_l("When"), [InputRequired(NEEDED)])
    note = words(_l("A word on it; where it was impossible, why"), 1000, needed=False)

    def prepare(self, case, actor):
        if not self.bound:
            self.told_on.data = today()

    def validate_told_on(self, field):
        if field.data and field.data > today():
            raise ValidationError(_l("This day is still to come."))

    def validate_channel(self, field):
        if field.data == "impossible" and not self.note.data:
            raise ValidationError(_l("Please write below why it was impossible."))


class SettlementForm(MoveForm):
    uninspected = words(_l("Why nobody inspected the result"), 500)

    def prepare(self, case, actor):
        if case.inspection_id is not None:
            del self.uninspected


class GuidanceForm(MoveForm):
    where = words(_l("Where the resident should go; the resident reads this"), 500)
    why = words(_l("Why it is not for the congress"), 1000)


FORMS = Asked(
    {
        **extending.FORMS,
        "summary": SummaryForm,
        "slip": SlipForm,
        "handover": HandoverForm,
        "assistance": AssistanceForm,
        "assistance_end": AssistanceEndForm,
        "opinion": OpinionForm,
        "acceptance": AcceptanceForm,
        "return": ReturnForm,
        "answer": AnswerForm,
        "paper_answer": PaperAnswerForm,
        "on_the_spot": SpotForm,
        "wording": WordingForm,
        "inspection": NoteForm,
        "rework": ReworkForm,
        "feedback": FeedbackForm,
        "settlement": SettlementForm,
        "guidance": GuidanceForm,
        "withdrawal": ReasonForm,
        "urge": UrgeForm,
        "supervision": SupervisionForm,
        "report": ReportForm,
        "report_reply": ReplyForm,
        "escalation": EscalationForm,
        "advice": AdviceForm,
        "merge_proposal": JoinForm,
        "merge": JoinForm,
        "merge_refusal": ReasonForm,
        "lookback": LookbackForm,
        "lookback_assignment": AssignmentForm,
        "county_advice": CountyAdviceForm,
        "county_handover": HandoverForm,
        "contact_look": ReasonForm,
    }
)

blank, sent = FORMS.blank, FORMS.sent
