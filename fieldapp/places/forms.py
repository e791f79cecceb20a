"""What an administrator types about areas, units, stations, categories, limits and days."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import (
    BooleanField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired

from fieldapp.database import db
from fieldapp.places.fields import CHOSEN, Choice, Day, Number, at_most, from_to, offered
from fieldapp.places.names import NamedForm, areas_within, trimmed, typed_names
from fieldapp.places.place import Area, Category, Station, Unit

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
BENEATH = {"county": "township", "township": "village"}


class RowForm(NamedForm):
    """A row of the register: its model, and what of it is typed."""

    model: type
    levels: tuple[str, ...] = ("county", "township")

    code = StringField(
        _l("Code"), [InputRequired(_l("Please give a short code.")), at_most(20)], filters=[lambda text: text and text.strip().lower()]
    )

    def __init__(self, row=None, **filled):
        self.row = row
        super().__init__(**filled)
        if "area_id" in self:
            areas = [area for area in areas_within(current_user.area) if area.kind in self.levels]
            self.area_id.choices = offered((area.id, area.name) for area in areas)
        if row is not None:
            del self.code

    @classmethod
    def of(cls, row):
        return cls(row, data={**typed_names(row.names), **cls.kept(row)})

    @classmethod
    def kept(cls, row) -> dict:
        return {name: getattr(row, name) for name in cls.columns}

    columns: tuple[str, ...] = ()

    @property
    def given(self) -> dict:
        """Column → value."""
        code = {} if self.row else {"code": self.code.data}
        return {"names": self.names, **code, **{name: _or_empty(self[name]) for name in self.columns}}

    def validate_code(self, field):
        if not CODE.fullmatch(field.data):
            raise ValidationError(_("Small letters, digits and hyphens, please."))
        if db.session.scalar(self.rivals(field.data).limit(1)):
            raise ValidationError(_("This code is taken."))

    def rivals(self, code: str):
        return select(self.model.id).where(self.model.code == code)


def _or_empty(field):
    return "" if field.data is None and isinstance(field, StringField) else field.data


class AreaForm(RowForm):
    model = Area
    columns = ("phone",)

    parent_id = Choice(_l("Lies in"), [CHOSEN], coerce=int)
    phone = StringField(_l("Telephone of the congress"), [at_most(40)], filters=[trimmed])

    def __init__(self, row=None, **filled):
        super().__init__(row, **filled)
        if row is not None:
            del self.parent_id
            return
        self.parents = {area.id: area for area in areas_within(current_user.area) if area.kind in BENEATH}
        self.parent_id.choices = offered((area.id, area.name) for area in self.parents.values())

    @property
    def given(self) -> dict:
        parent = (
            {} if self.row else {"parent_id": self.parent_id.data, "kind": BENEATH[self.parents[self.parent_id.data].kind], "settings": {}}
        )
        if parent:
            parent["demonstration"] = self.parents[self.parent_id.data].demonstration
        return {**super().given, **parent}

    def rivals(self, code):
        return super().rivals(code).where(Area.parent_id == self.parent_id.data)


class UnitForm(RowForm):
    model = Unit
    columns = ("area_id", "phone", "active")

    area_id = Choice(_l("Area"), [CHOSEN], coerce=int)
    phone = StringField(_l("Telephone"), [at_most(40)], filters=[trimmed])
    active = BooleanField(_l("Takes new cases"), default=True)

    def rivals(self, code):
        return super().rivals(code).where(Unit.area_id == self.area_id.data)


class StationForm(RowForm):
    model = Station
    columns = ("area_id", "mobile", "phone")
    levels = ("township", "village")

    area_id = Choice(_l("Stands in"), [CHOSEN], coerce=int)
    mobile = BooleanField(_l("Mobile: it rides out"))
    hours_zh = TextAreaField(_l("Hours in Chinese"), [at_most(200)])
    hours_ug = TextAreaField(_l("Hours in Uyghur"), [at_most(200)])
    hours_en = TextAreaField(_l("Hours in English"), [at_most(200)])
    phone = StringField(_l("Telephone"), [at_most(40)], filters=[trimmed])

    @classmethod
    def kept(cls, row):
        return {**super().kept(row), **typed_names(row.hours, "hours")}

    @property
    def given(self) -> dict:
        typed = {code: (self[f"hours_{code}"].data or "").strip() for code in ("zh", "ug", "en")}
        return {**super().given, "hours": {code: words for code, words in typed.items() if words}}


class CategoryForm(RowForm):
    model = Category
    columns = ("position", "active")

    position = Number(_l("Place in the list"), [InputRequired(_l("Please give a number.")), from_to(0, 999)], default=99)
    active = BooleanField(_l("Offered for new cases"), default=True)


class DayForm(NamedForm):
    day = Day(_l("Day"), [InputRequired(_l("Please give the day."))])
    works = RadioField(
        _l("What it is here"),
        [CHOSEN],
        choices=offered([("holiday", _l("Holiday: limits do not run")), ("working", _l("Working day: limits run"))]),
    )

    def validate_day(self, field):
        if field.data and not 2020 <= field.data.year <= 2099:
            raise ValidationError(_("A day from 2020 to 2099, please."))
