"""The forms by which a matter goes to the county, and comes back."""

from flask_babel import lazy_gettext as _l

from fieldapp.cases.asking import MoveForm, harmless, words


class EscalationForm(MoveForm):
    """These words stand on the printed report."""

    opinion = words(_l("What the township asks of the county"), 1000)
    validate_opinion = staticmethod(harmless)


class AdviceForm(MoveForm):
    advice = words(_l("Your advice to the township"), 1000)


class CountyAdviceForm(MoveForm):
    advice = words(_l("What the county advised, from its letter or call"), 1000)
