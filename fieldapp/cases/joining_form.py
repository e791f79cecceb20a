"""The form by which two cases become one matter: the number of the one to join."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from fieldapp.cases import merging
from fieldapp.cases.asking import MoveForm, words


class JoinForm(MoveForm):
    into = words(_l("Number of the case that it joins"), 20, kind=StringField)

    def prepare(self, case, actor):
        self.case, self.actor = case, actor
        if not self.bound and case.proposed is not None:
            self.into.data = case.proposed.number

    def validate_into(self, field):
        self.joined = merging.target(self.actor, field.data)
        if refusal := merging.why_not(self.case, self.joined):
            raise ValidationError(refusal)

    def given(self):
        return {"joined": self.joined}
