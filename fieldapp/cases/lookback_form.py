"""The forms of looking back: what was found at the place, and who goes there."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, ValidationError
from wtforms.validators import InputRequired

from fieldapp.cases import choosing, lookback
from fieldapp.cases.asking import CHOOSE, MoveForm, harmless, one_of, words


class LookbackForm(MoveForm):
    """The visit is to the place: nobody's contact is asked for or offered."""

    result = one_of(_l("What you found at the place"), choices=[*lookback.RESULTS.items()])
    note = words(_l("What you saw there; where it is back, the unit reads this"), 1000, needed=False)

    validate_note = staticmethod(harmless)

    def validate_result(self, field):
        if field.data in ("relapsed", "impossible") and not self.note.data:
            raise ValidationError(_l("Please write below what is back, or why it could not be seen."))


class AssignmentForm(MoveForm):
    person = SelectField(_l("Who goes there"), [InputRequired(CHOOSE)], coerce=choosing.number)

    def prepare(self, case, actor):
        found = lookback.pending(case)
        self.person.choices = [(person.id, person.name) for person in lookback.fit_for(case, found[0].kind)] if found else []
        if found and not self.bound:
            self.person.data = found[0].assignee_id

    def given(self):
        return {"person": choosing.person(self.person.data)}
