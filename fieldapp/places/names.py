"""A name in three languages, as it is typed, and the area a person administers."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from fieldapp.answers import once
from fieldapp.database import db
from fieldapp.places.fields import at_most
from fieldapp.places.place import Area


def trimmed(text: str | None) -> str | None:
    return text and " ".join(text.split())


class NamedForm(FlaskForm):
    """Something with names; ``once`` keeps a re-sent form from doing it twice."""

    once = HiddenField(default=once)
    name_zh = StringField(_l("Name in Chinese"), [InputRequired(_l("Please give the Chinese name.")), at_most(80)], filters=[trimmed])
    name_ug = StringField(_l("Name in Uyghur"), [at_most(80)], filters=[trimmed])
    name_en = StringField(_l("Name in English"), [at_most(80)], filters=[trimmed])

    @property
    def names(self) -> dict[str, str]:
        typed = {"zh": self.name_zh.data, "ug": self.name_ug.data, "en": self.name_en.data}
        return {language: name for language, name in typed.items() if name}


def typed_names(names: dict | None, prefix: str = "name") -> dict[str, str]:
    """What a form in three languages is filled with."""
    return {f"{prefix}_{language}": (names or {}).get(language, "") for language in ("zh", "ug", "en")}


def areas_within(area: Area) -> list[Area]:
    """The area itself and all beneath it, in the order of the map: an
    administrator's reach."""
    children: dict[int | None, list[Area]] = {}
    for row in db.session.scalars(select(Area).order_by(Area.id)):
        children.setdefault(row.parent_id, []).append(row)

    def walk(top: Area) -> list[Area]:
        return [top, *(found for child in children.get(top.id, []) for found in walk(child))]

    return walk(area)
