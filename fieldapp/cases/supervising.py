"""The forms of a supervised case: why, the unit's report, the reply."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, ValidationError
from wtforms.validators import InputRequired

from fieldapp.cases import supervision
from fieldapp.cases.asking import NEEDED, MoveForm, harmless, words
from fieldapp.database import today


class SupervisionForm(MoveForm):
    reason = words(_l("Why it is supervised; the unit reads this"), 1000)
    report_due = DateField(_l("The unit reports until when"), [InputRequired(NEEDED)])
    validate_reason = staticmethod(harmless)

    def prepare(self, case, actor):
        if not self.bound:
            self.report_due.data = supervision.usual_day(case)

    def validate_report_due(self, field):
        if field.data and field.data < today():
            raise ValidationError(_l("Please choose a day from today on."))


class ReportForm(MoveForm):
    report = words(_l("Report: what was done, what stands in the way, what comes next"), 4000)
    validate_report = staticmethod(harmless)


class ReplyForm(MoveForm):
    reply = words(_l("Your reply to the report; the unit reads this"), 2000)
    validate_reply = staticmethod(harmless)
