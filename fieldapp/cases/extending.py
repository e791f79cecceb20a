"""The forms about time: another due day, and more time asked, granted, refused."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, ValidationError
from wtforms.validators import InputRequired

from fieldapp import language
from fieldapp.cases.asking import NEEDED, MoveForm, harmless, words
from fieldapp.cases.extension import open_of
from fieldapp.database import today


class DueDateForm(MoveForm):
    due = DateField(_l("New day"), [InputRequired(NEEDED)])
    reason = words(_l("Why"), 1000)

    def validate_due(self, field):
        if field.data and field.data < today():
            raise ValidationError(_l("Please choose a day from today on."))


class ExtensionForm(MoveForm):
    """What a unit asks; the resident's clock does not wait."""

    until = DateField(_l("Until which day"), [InputRequired(NEEDED)])
    reason = words(_l("Why you need more time"), 1000)

    def prepare(self, case, actor):
        self.due = case.due

    def validate_until(self, field):
        if field.data and self.due and field.data <= self.due:
            raise ValidationError(_("Please choose a day after %(due)s, when the answer is due now.", due=language.date(self.due)))


class GrantForm(MoveForm):
    note = words(_l("A word to the unit"), 1000, needed=False, kind=StringField)
    validate_note = staticmethod(harmless)

    def prepare(self, case, actor):
        self.note.description = asked_words(case)


class RefusalForm(MoveForm):
    """The unit reads the reason."""

    reason = words(_l("Why not"), 1000)
    validate_reason = staticmethod(harmless)

    def prepare(self, case, actor):
        self.reason.description = asked_words(case)


def asked_words(case) -> str:
    asked = open_of(case)
    if asked is None:
        return ""
    return _("%(unit)s asks for time until %(until)s.", unit=asked.unit.name, until=language.date(asked.until))


FORMS = {
    "due_date": DueDateForm,
    "extension": ExtensionForm,
    "extension_grant": GrantForm,
    "extension_refusal": RefusalForm,
}
