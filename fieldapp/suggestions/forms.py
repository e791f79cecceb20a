"""The form of each move: what it asks, and what it gives to the act."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from fieldapp import language
from fieldapp.cases import choosing
from fieldapp.cases.answering import Promising
from fieldapp.cases.asking import CHOOSE, NEEDED, Asked, MoveForm, harmless, one_of, words
from fieldapp.cases.outcome import RATINGS
from fieldapp.database import today
from fieldapp.suggestions import term
from fieldapp.suggestions.sponsoring import congresses_of, invitable


class TextForm(MoveForm):
    title = words(_l("Title, in one line"), 100, kind=StringField)
    text = words(_l("What is the matter, and what do you suggest? Everybody may read this: name no resident."), 4000)
    validate_title = validate_text = staticmethod(harmless)

    def prepare(self, suggestion, actor):
        if not self.bound:
            self.title.data, self.text.data = suggestion.title, suggestion.text


class NewForm(TextForm):
    version = None
    cases = SelectMultipleField(_l("It grew from these cases"), widget=ListWidget(), option_widget=CheckboxInput(), validators=[Optional()])

    congress = one_of(_l("To which congress"), coerce=int)

    def prepare(self, found, actor):
        """``found``: the deputy's own cases to choose from."""
        congresses = congresses_of(actor)
        self.congress.choices = [(area.id, area.name) for area in congresses]
        if not self.bound:
            self.congress.data = congresses[0].id
        if len(congresses) == 1:
            del self.congress
        self.cases.choices = [(case.number, f"{case.number} {case.summary or case.category.name}") for case in found]
        if not found:
            del self.cases


class InvitationForm(MoveForm):
    person = SelectField(_l("Which deputy"), [InputRequired(CHOOSE)], coerce=choosing.number)

    def prepare(self, suggestion, actor):
        self.person.choices = [(person.id, person.name) for person in invitable(suggestion)]

    def given(self):
        return {"person": choosing.person(self.person.data)}


class HandoverForm(MoveForm):
    unit = SelectField(_l("To which unit"), [InputRequired(CHOOSE)], coerce=choosing.number)
    months = one_of(_l("Until when"), coerce=int)
    reason = words(_l("Why six months: what is broad or hard about it"), 500, needed=False)

    def prepare(self, suggestion, actor):
        self.unit.choices = choosing.one_unit(suggestion.area)
        self.months.choices = [
            (term.MONTHS, _l("Three months: %(day)s", day=language.date(term.after(today(), term.MONTHS)))),
            (term.MONTHS_IF_HARD, _l("Six months: %(day)s", day=language.date(term.after(today(), term.MONTHS_IF_HARD)))),
        ]
        if not self.bound:
            self.months.data = term.MONTHS

    def validate_months(self, field):
        if field.data == term.MONTHS_IF_HARD and not self.reason.data:
            raise ValidationError(_l("Six months need a reason: please write it below."))

    def given(self):
        return {**super().given(), "unit": choosing.unit(self.unit.data)}


class ReasonForm(MoveForm):
    reason = words(_l("Why"), 500)


class TalkForm(MoveForm):
    talked_on = DateField(_l("When did you talk"), [InputRequired(NEEDED)])
    note = words(_l("What came of it"), 1000, needed=False)

    def prepare(self, suggestion, actor):
        self.began = suggestion.handed_over_on
        if not self.bound:
            self.talked_on.data = today()

    def validate_talked_on(self, field):
        if field.data and not self.began <= field.data <= today():
            raise ValidationError(_l("Please choose a day between the handover and today."))


class ReplyForm(Promising):
    text = words(_l("The letter of reply: everybody may read it"), 4000)
    validate_text = staticmethod(harmless)
    language = one_of(_l("The answer is written in"), choices=[*language.LANGUAGES.items()])
    untalked = words(_l("Why nobody talked with the deputy first"), 500)

    def prepare(self, suggestion, actor):
        if suggestion.talked_on:
            del self.untalked
        if not self.bound:
            self.language.data = language.current()


class UrgeForm(MoveForm):
    note = words(_l("A word for the record"), 1000, needed=False, kind=StringField)


class OpinionForm(MoveForm):
    rating = one_of(_l("What do you think of the reply"), choices=[*RATINGS.items()])
    note = words(_l("In your words: what is good, what is lacking"), 1000, needed=False)

    def validate_rating(self, field):
        if field.data == "not_satisfied" and not self.note.data:
            raise ValidationError(_l("Please write below what is lacking: the unit handles it again."))


FORMS = Asked(
    {
        "text": TextForm,
        "invitation": InvitationForm,
        "handover": HandoverForm,
        "correction": ReasonForm,
        "talk": TalkForm,
        "reply": ReplyForm,
        "paper_reply": ReplyForm,
        "return": ReasonForm,
        "more_time": ReasonForm,
        "urge": UrgeForm,
        "opinion": OpinionForm,
        "withholding": ReasonForm,
        "withdrawal": ReasonForm,
    }
)

blank, sent = FORMS.blank, FORMS.sent
