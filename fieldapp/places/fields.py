"""Fields whose complaints are sentences of ours, in all three languages."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange

CHOSEN = InputRequired(_l("Please choose one of these."))


def at_most(letters: int) -> Length:
    return Length(max=letters, message=_l("At most %(max)d characters, please."))


class FromTo(NumberRange):
    def __call__(self, form, field):
        if field.data is not None:
            super().__call__(form, field)


def from_to(least: int, most: int) -> FromTo:
    return FromTo(least, most, message=_l("A number from %(min)s to %(max)s, please."))


class Day(DateField):
    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Please give a day of the calendar.")) from None


class Number(IntegerField):
    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Please give a whole number.")) from None


class _Offered:
    """What is chosen must be among what was offered."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Please choose one of these.")) from None

    def pre_validate(self, form):
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_("Please choose one of these.")) from None


class Choice(_Offered, SelectField):
    pass


class Choices(_Offered, SelectMultipleField):
    pass
