"""What an administrator types about a person and a mandate."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import BooleanField, HiddenField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from fieldapp.access import ROLES
from fieldapp.answers import once
from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places.fields import CHOSEN, Choice, Choices, Day, at_most, offered
from fieldapp.places.names import NamedForm, areas_within, trimmed, typed_names
from fieldapp.places.place import Unit

ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
# At which level a role is held.
LEVELS = {"deputy": ("township",), "clerk": ("township",), "chair": ("township",), "county": ("county",)}
PHONE = [at_most(40)]


class PersonForm(NamedForm):
    account = StringField(
        _l("Account name"), [InputRequired(_l("Please give an account name."))], filters=[lambda text: text and text.strip().casefold()]
    )
    role = Choice(_l("Role"), [CHOSEN], choices=offered(ROLES.items()))
    area_id = Choice(_l("Area"), [CHOSEN], coerce=int)
    phone = StringField(_l("Published telephone"), PHONE, filters=[trimmed])
    units = Choices(_l("Works for"), coerce=int)
    heads = Choices(_l("Heads"), coerce=int)
    active = BooleanField(_l("May sign in"), default=True)

    def __init__(self, person: Person | None = None, **filled):
        self.person = person
        super().__init__(**filled)
        areas = [area for area in areas_within(current_user.area) if area.kind != "village"]
        self.area_id.choices = offered((area.id, area.name) for area in areas)
        self.levels = {area.id: area.kind for area in areas}
        units = db.session.scalars(select(Unit).where(Unit.area_id.in_(self.levels)).order_by(Unit.area_id, Unit.id))
        chosen = person.unit_ids if person else set()
        self.heads.choices = self.units.choices = offered((unit.id, unit.name) for unit in units if unit.active or unit.id in chosen)

    @classmethod
    def of(cls, person: Person, fresh: bool = False) -> "PersonForm":
        """Filled from the person; ``fresh``: whatever the present request has sent."""
        return cls(
            person,
            **({"formdata": None} if fresh else {}),
            data={
                **typed_names(person.names),
                "account": person.account,
                "role": person.role,
                "area_id": person.area_id,
                "phone": person.phone,
                "units": list(person.unit_ids),
                "heads": list(person.headed_ids),
                "active": person.active,
            },
        )

    @property
    def given(self) -> dict:
        return {
            "names": self.names,
            "account": self.account.data,
            "role": self.role.data,
            "area_id": self.area_id.data,
            "phone": self.phone.data or "",
            "units": self.units.data or [],
            "heads": self.heads.data or [],
            "active": self.active.data,
        }

    def validate_account(self, field):
        if not ACCOUNT.fullmatch(field.data):
            raise ValidationError(_("Two to forty small letters, digits, dots and hyphens, please."))
        owner = db.session.scalar(select(Person).where(Person.account == field.data))
        if owner and owner is not self.person:
            raise ValidationError(_("Another person has this account name."))

    def validate_role(self, field):
        if self.person and self.person.id == current_user.id and field.data != "admin":
            raise ValidationError(_("You cannot take your own role away."))

    def validate_area_id(self, field):
        if self.levels.get(field.data) not in LEVELS.get(self.role.data, ("township", "county")):
            raise ValidationError(_("This role is not held at this level."))

    def validate_units(self, field):
        if self.role.data == "unit" and not field.data:
            raise ValidationError(_("Please say which unit the officer works for."))

    def validate_heads(self, field):
        if field.data and (self.role.data != "unit" or not set(field.data) <= set(self.units.data or [])):
            raise ValidationError(_("The head of a unit is an officer who works for it: please tick the unit above as well."))

    def validate_active(self, field):
        if self.person and self.person.id == current_user.id and not field.data:
            raise ValidationError(_("You cannot sign yourself out for good."))


class MandateForm(FlaskForm):
    once = HiddenField(default=once)
    congress_id = Choice(_l("Congress"), [CHOSEN], coerce=int)
    constituency = StringField(_l("Constituency"), [InputRequired(_l("Please give the constituency.")), at_most(80)], filters=[trimmed])
    begins = Day(_l("From"), [InputRequired(_l("Please give the first day."))])
    ends = Day(_l("Until"), [Optional()])

    def __init__(self, **filled):
        super().__init__(**filled)
        areas = [area for area in areas_within(current_user.area.county) if area.kind != "village"]
        self.congress_id.choices = offered((area.id, area.name) for area in areas)

    @property
    def given(self) -> dict:
        return {name: self[name].data for name in ("congress_id", "constituency", "begins", "ends")}

    def validate_ends(self, field):
        if self.begins.data and field.data and field.data <= self.begins.data:
            raise ValidationError(_("A mandate ends after it begins."))


class MandateEnd(FlaskForm):
    once = HiddenField(default=once)
    ends = Day(_l("Until"), [InputRequired(_l("Please give the last day."))])
