"""The form of a new case in the field: fields bear the sync record's names."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from fieldapp.activities import phone
from fieldapp.cases.asking import CHOOSE, NEEDED, words
from fieldapp.cases.detector import suspicious
from fieldapp.field.session import categories, villages
from fieldapp.places.kinds import KINDS
from fieldapp.slips.giving import Unusable, slip_for


class NewCase(FlaskForm):
    """What a deputy logs: category and village by code, the resident's words,
    perhaps photos, a contact and an answer given on the spot."""

    category = RadioField(_l("What is it about?"), [InputRequired(CHOOSE)], choices=[])
    activity = SelectField(
        _l("Round"), [Optional()], choices=[], invalid_choice_message=_l("We do not know this round. Please choose again.")
    )
    village = SelectField(_l("Where?"), [InputRequired(CHOOSE)], choices=[])
    kind = RadioField(_l("What kind of matter?"), [InputRequired(CHOOSE)], choices=[*KINDS.items()], default="difficulty")
    narrative = words(_l("What happened?"), 10_000)
    summary = words(_l("In short, for the unit"), 200, needed=False)
    photos = MultipleFileField(_l("Photos"), [Optional()])
    slip = words(_l("Slip"), 200, needed=False, kind=StringField)
    on_the_spot = words(_l("Your answer to the resident"), 4000, needed=False)
    anonymous = BooleanField(_l("The resident wishes to stay unnamed"))
    contact_name = words(_l("Name"), 80, needed=False, kind=StringField)
    contact_phone = words(_l("Telephone"), 40, needed=False, kind=StringField)
    share_with_unit = BooleanField(_l("Yes, the unit may learn name and telephone"))
    chair_only = BooleanField(_l("Only the chair may open the contact"))
    once = HiddenField()

    found = None
    holds: list[str] = []

    def prepare(self, deputy, knows: bool = False) -> "NewCase":
        """Choices of this deputy's township; ``knows``: numbers in the words may stay."""
        self.deputy, self.knows = deputy, knows
        self.category.choices = [(row.code, row.name) for row in categories()]
        self.village.choices = [(row.code, row.name) for row in villages(deputy)]
        self.activity.choices = [
            ("", _("Not on a round")),
            *((round.code, round.name) for round in phone.rounds(deputy) if round.called_off is None),
        ]
        return self

    def preset(self) -> None:
        """Today's round, and the village where it stands."""
        round = phone.present(self.deputy)
        if round:
            stop = round.here or next(iter(round.stops), None)
            self.activity.data, self.village.data = round.code, stop and stop.village.code

    def validate_narrative(self, field):
        if not field.data:
            raise ValidationError(NEEDED)
        self.holds = [] if self.knows else suspicious(f"{field.data}\n{self.on_the_spot.data or ''}")
        if self.holds:
            raise ValidationError(_("These words seem to hold a telephone or ID number."))

    def validate_summary(self, field):
        if field.data and suspicious(field.data):
            raise ValidationError(_("The unit reads these words: please take the telephone or ID number out."))

    def validate_contact_phone(self, field):
        if self.anonymous.data and (field.data or self.contact_name.data):
            raise ValidationError(_("Either the resident stays unnamed, or leaves a contact: please choose."))

    def validate_slip(self, field):
        if field.data:
            try:
                self.found = slip_for(self.deputy, field.data)
            except Unusable as problem:
                raise ValidationError(problem.sentence) from problem
