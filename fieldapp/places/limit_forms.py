"""What an administrator types about limits: a county's rule, a township's shortening."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError
from wtforms.validators import InputRequired, Optional

from fieldapp.answers import once
from fieldapp.database import db
from fieldapp.places import limits
from fieldapp.places.fields import Choice, Number, from_to, offered
from fieldapp.places.kinds import KINDS, SPEEDS
from fieldapp.places.limits import LATEST, LIMITS, SOONEST
from fieldapp.places.place import Category


def _days(label, rule):
    return Number(label, [rule, from_to(1, 365)])


class LimitsForm(FlaskForm):
    """Three speeds, each at least as long as the one before."""

    once = HiddenField(default=once)

    def validate_ordinary(self, field):
        if self._later("urgent", "ordinary"):
            raise ValidationError(_("An ordinary matter may not be due before an urgent one."))

    def validate_complex(self, field):
        if self._later("ordinary", "complex"):
            raise ValidationError(_("A complex matter may not be due before an ordinary one."))

    def _later(self, faster: str, slower: str) -> bool:
        days = self.held()
        return None not in (days[faster], days[slower]) and days[faster] > days[slower]

    def held(self) -> dict:
        """Speed → working days that would hold once this is saved; None where nothing sound was typed."""
        return {speed: self[speed].data for speed in LIMITS}

    def given(self) -> dict:
        """Setting → value."""
        return {"limits": {speed: self[speed].data for speed in LIMITS if self[speed].data is not None}}


class CountyLimits(LimitsForm):
    urgent = _days(_l("Urgent, working days"), InputRequired(_l("Please give a number of days.")))
    ordinary = _days(_l("Ordinary, working days"), InputRequired(_l("Please give a number of days.")))
    complex = _days(_l("Complex, working days"), InputRequired(_l("Please give a number of days.")))
    erase_after = Number(
        _l("Contacts are erased so many days after a case ends"),
        [InputRequired(_l("Please give a number of days.")), from_to(SOONEST, LATEST)],
    )

    def usual(self, group: str) -> list:
        """The choices of one group: kinds, categories."""
        return [field for field in self if field.name.startswith(f"{group}-")]

    def given(self):
        usual = {
            group: {field.name.removeprefix(f"{group}-"): field.data for field in self.usual(group) if field.data}
            for group in ("kinds", "categories")
        }
        return {**super().given(), "usual": usual, "erase_after": self.erase_after.data}


def county_form(county) -> CountyLimits:
    """A choice for every kind, and for every category."""
    categories = db.session.scalars(db.select(Category).where(Category.active).order_by(Category.position))
    rows = {
        **{f"kinds-{code}": name for code, name in KINDS.items()},
        **{f"categories-{row.code}": row.name for row in categories},
    }
    offer = offered([("", _l("no rule")), *SPEEDS.items()])
    fields = {name: Choice(label, [Optional()], choices=offer) for name, label in rows.items()}
    chosen = county.setting("usual", {})
    return type("CountyForm", (CountyLimits,), fields)(
        data={
            **limits.of(county),
            "erase_after": county.setting("erase_after", limits.ERASE_AFTER),
            **{f"{group}-{code}": speed for group, speeds in chosen.items() for code, speed in speeds.items()},
        }
    )


class TownshipLimits(LimitsForm):
    """What is left empty is as the county has it."""

    urgent = _days(_l("Urgent, working days"), Optional())
    ordinary = _days(_l("Ordinary, working days"), Optional())
    complex = _days(_l("Complex, working days"), Optional())

    def __init__(self, township):
        self.county = limits.of(township.county)
        super().__init__(data=(township.settings or {}).get("limits", {}))
        for speed, days in self.county.items():
            self[speed].description = _("The county has %(days)s. Left empty: as the county.", days=days)

    def held(self):
        return {speed: days if self[speed].data is None else self[speed].data for speed, days in self.county.items()}

    def validate(self, **more):
        fine = super().validate(**more)
        for speed, days in self.county.items():
            if (self[speed].data or 0) > days:
                self[speed].errors = [_("A township may shorten the county's limit of %(days)s working days, not lengthen it.", days=days)]
                fine = False
        return fine
