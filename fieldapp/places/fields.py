"""Fields whose complaints are sentences of ours, in all three languages."""

from functools import partial

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange

_ONE = _l("Please choose one of these.")

CHOSEN = InputRequired(_ONE)
Day = partial(DateField, invalid_value_message=_l("Please give a day of the calendar."))
Number = partial(IntegerField, invalid_value_message=_l("Please give a whole number."))
Choice = partial(SelectField, invalid_value_message=_ONE, invalid_choice_message=_ONE)
Choices = partial(SelectMultipleField, invalid_value_message=_ONE, invalid_choice_message=_ONE)


def offered(pairs) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def at_most(letters: int) -> Length:
    return Length(max=letters, message=_l("At most %(max)d characters, please."))


class FromTo(NumberRange):
    def __call__(self, form, field):
        if field.data is not None:
            super().__call__(form, field)


def from_to(least: int, most: int) -> FromTo:
    return FromTo(least, most, message=_l("A number from %(min)s to %(max)s, please."))
