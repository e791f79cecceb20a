"""What a move's form asks with: texts, choices, and the keys every form carries."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation
from wtforms.widgets import HiddenInput

from fieldapp import answers
from fieldapp.cases.detector import suspicious

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


class NeededWhen:
    """A field asked for only after another answer; else it may stay empty."""

    field_flags = {"conditional": True}

    def __init__(self, asked, message):
        self.asked, self.message = asked, message

    def __call__(self, form, field):
        if field.raw_data and str(field.raw_data[0]).strip():
            return
        field.errors = []
        raise StopValidation(self.message if self.asked(form) else "")


def harmless(form, field):
    """A number or ID that could betray the resident does not go to a unit."""
    if field.data and suspicious(field.data):
        raise ValidationError(_l("This seems to hold a telephone or ID number. Others will read these words: please take it out."))


class MoveForm(FlaskForm):
    """Every move carries the mark of what it was drawn from and a key of its own."""

    version = HiddenField()
    once = HiddenField()
    # Whether this form was sent, not only drawn.
    bound = False
    # Fields that stay folded away until they are wanted, and what the fold is called.
    folded: tuple[str, ...] = ()
    folded_label = ""

    def prepare(self, case, actor):
        """Fills choices from the case; called for drawing and for reading."""

    @property
    def unfolds(self) -> bool:
        """Whether something in the fold is chosen or wrong."""
        return any(self[name].data or self[name].errors for name in self.folded)

    @property
    def asked(self) -> list:
        """The fields a person fills in."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]

    def renew(self, thing, actor):
        """The present mark and a new key: after a conflict, typed words stay."""
        self.version.data, self.version.raw_data = thing.mark(actor), None
        self.once.data = answers.once()

    def given(self) -> dict:
        return {f.name: f.data for f in self if f.name not in ("version", "once", "csrf_token") and f.data not in (None, "", [])}


class PlainForm(MoveForm):
    pass


class Asked(dict[str, type[MoveForm]]):
    """The form of each move by its name; a move without one asks nothing."""

    def blank(self, move: str, thing, actor) -> MoveForm:
        """The form as it is drawn first."""
        form = self.get(move, PlainForm)(formdata=None)
        form.prepare(thing, actor)
        form.renew(thing, actor)
        return form

    def sent(self, move: str, thing, actor) -> MoveForm:
        """The form with what was sent."""
        form = self.get(move, PlainForm)()
        form.bound = True
        form.prepare(thing, actor)
        return form


def typed_words(form) -> list[str]:
    """Words typed into a move that is closed now: shown, to be copied."""
    return [f.data for f in form if isinstance(f.data, str) and f.type in ("TextAreaField", "StringField") and f.data]
