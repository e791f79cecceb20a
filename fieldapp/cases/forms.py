"""The form of each move: what it asks, and what it gives to the act."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from fieldapp import answers, language
from fieldapp.cases import choosing, pictures
from fieldapp.cases.clocks import due_after
from fieldapp.cases.detector import suspicious
from fieldapp.cases.outcome import CHANNELS, CLASSES, PROMISES
from fieldapp.database import today
from fieldapp.slips.giving import Unusable, slip_for

NEEDED = _l("Please fill this in.")
CHOOSE = _l("Please choose one.")


def words(label, most, *, needed=True, kind=TextAreaField, **more):
    """A text of at most ``most`` characters, trimmed."""
    rule = DataRequired(NEEDED) if needed else Optional()
    too_long = _l("This is too long: at most %(most)s characters fit here. Please shorten it; nothing is lost.", most=most)
    return kind(
        label, [rule, Length(max=most, message=too_long)], filters=[lambda text: text and text.strip().replace("\r\n", "\n")], **more
    )


def one_of(label, choices=(), **more):
    return RadioField(label, [InputRequired(CHOOSE)], choices=[*choices], **more)


def harmless(form, field):
    """A number or ID that could betray the resident does not go to a unit."""
    if field.data and suspicious(field.data):
        raise ValidationError(_l("This seems to hold a telephone or ID number. Others will read these words: please take it out."))


class MoveForm(FlaskForm):
    """Every move carries the version it was drawn from and a key of its own."""

    version = IntegerField(widget=HiddenInput())
    once = HiddenField()
    # Whether this form was sent, not only drawn.
    bound = False

    def prepare(self, case, actor):
        """Fills choices from the case; called for drawing and for reading."""

    @property
    def asked(self) -> list:
        """The fields a person fills in."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]

    def renew(self, case):
        """The present version and a new key: after a conflict, typed words stay."""
        self.version.data, self.version.raw_data = case.version, None
        self.once.data = answers.once()

    def given(self) -> dict:
        return {f.name: f.data for f in self if f.name not in ("version", "once", "csrf_token") and f.data not in (None, "", [])}


class PlainForm(MoveForm):
    pass


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


class HandoverForm(SummaryForm):
    unit = SelectField(_l("To which unit"), [InputRequired(CHOOSE)], coerce=choosing.number)
    speed = one_of(_l("Until when"))
    due = DateField(_l("Day"), [Optional()])
    photos = SelectMultipleField(
        _l("Photos the unit may see"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput(), validators=[Optional()]
    )
    note = words(_l("A word for the record; the unit does not read it"), 1000, needed=False, kind=StringField)

    def prepare(self, case, actor):
        super().prepare(case, actor)
        self.case = case
        self.unit.choices = choosing.units(actor.area)
        self.speed.choices = [*choosing.speeds(case.township), ("date", _l("Another day"))]
        self.photos.choices = [(photo.id, str(n)) for n, photo in enumerate(choosing.photos(case), 1)]
        if not self.bound:
            self.speed.data = "ordinary"

    def validate_due(self, field):
        if self.speed.data == "date" and (field.data is None or field.data < today()):
            field.errors = []
            raise ValidationError(_l("Please choose a day from today on."))

    def given(self):
        due = self.due.data if self.speed.data == "date" else due_after(self.case.township, self.speed.data)
        return {**super().given(), "unit": choosing.unit(self.unit.data), "due": due, "photos": self.photos.data or []}


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
        self.better.choices = [("", _l("I do not know")), *[row for row in choosing.units(case.township) if row[0] != case.unit_id]]

    def given(self):
        return {"reason": self.reason.data, "better": choosing.unit(self.better.data)}


class AnswerForm(MoveForm):
    letter = one_of(_l("What became of it"), choices=[(letter, name) for letter, name in CLASSES.items()], name="class")
    promised = DateField(_l("By which day (for “under way” and “planned”)"), [Optional()])
    text = words(_l("Your answer, in words a neighbour would use"), 4000)
    language = one_of(_l("The answer is written in"), choices=[*language.LANGUAGES.items()])
    talked = BooleanField(_l("I talked with the deputy or the resident first"))
    photos = MultipleFileField(_l("Photos"), [Optional()])

    def prepare(self, case, actor):
        self.case, self.actor, self.stored = case, actor, []
        if not self.bound:
            self.language.data = language.current()

    def validate_text(self, field):
        harmless(self, field)

    def validate_photos(self, field):
        self.keep("answer", [file for file in field.data if file])

    def keep(self, purpose, files):
        """Stores pictures with the case; the move's transaction commits them."""
        try:
            for file in files:
                self.stored.append(pictures.store(file.stream, case=self.case, purpose=purpose, author=self.actor, approved=True))
        except pictures.NotAPicture as problem:
            raise ValidationError(problem.sentence) from problem

    def given(self):
        return {**super().given(), "photos": self.stored}

    def validate_letter(self, field):
        if field.data in PROMISES and not self.promised.data and not self.promised.errors:
            raise ValidationError(_l("“Under way” and “planned” need a day: please give it below."))
        if field.data in PROMISES and self.promised.data and self.promised.data < today():
            raise ValidationError(_l("The day you promise is past already: please give a later one below."))


class PaperAnswerForm(AnswerForm):
    photos = None
    scan = FileField(_l("Photo or scan of the paper"), [InputRequired(_l("Please add a photo of the paper."))])

    def validate_scan(self, field):
        self.keep("scan", [field.data] if field.data else [])


class SpotForm(MoveForm):
    letter = one_of(_l("What became of it"), choices=[(letter, CLASSES[letter]) for letter in ("A", "D")], name="class")
    text = words(_l("What you explained to the resident"), 4000)
    validate_text = staticmethod(harmless)
    language = one_of(_l("The answer is written in"), choices=[*language.LANGUAGES.items()])

    def prepare(self, case, actor):
        if not self.bound:
            self.letter.data, self.language.data = "A", language.current()


class WordingForm(MoveForm):
    language = one_of(_l("In which language"))
    text = words(_l("The answer in this language"), 4000)
    validate_text = staticmethod(harmless)

    def prepare(self, case, actor):
        self.language.choices = [(code, name) for code, name in language.LANGUAGES.items() if case.answer.words(code) is None]
        if self.language.choices and not self.bound:
            self.language.data = self.language.choices[0][0]


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


class EscalationForm(MoveForm):
    opinion = words(_l("What the township asks of the county"), 1000)


class AdviceForm(MoveForm):
    advice = words(_l("Your advice to the township"), 1000)


class DueDateForm(MoveForm):
    due = DateField(_l("New day"), [InputRequired(NEEDED)])
    reason = words(_l("Why"), 1000)

    def validate_due(self, field):
        if field.data and field.data < today():
            raise ValidationError(_l("Please choose a day from today on."))


FORMS: dict[str, type[MoveForm]] = {
    "summary": SummaryForm,
    "slip": SlipForm,
    "handover": HandoverForm,
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
    "due_date": DueDateForm,
    "escalation": EscalationForm,
    "advice": AdviceForm,
    "contact_look": ReasonForm,
}


def blank(move: str, case, actor) -> MoveForm:
    """The form as it is drawn first."""
    form = FORMS.get(move, PlainForm)(formdata=None)
    form.prepare(case, actor)
    form.renew(case)
    return form


def sent(move: str, case, actor) -> MoveForm:
    """The form with what was sent."""
    form = FORMS.get(move, PlainForm)()
    form.bound = True
    form.prepare(case, actor)
    return form
