"""The form on a station's or deputy's page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from fieldapp import answers
from fieldapp.cases.detector import suspicious
from fieldapp.database import db
from fieldapp.places.place import Area, Category
from fieldapp.public.stations_holder import Holder
from fieldapp.slips.books import OneOf, number

CHOOSE = _l("Please choose one.")
LONG = _l("This is too long. Please shorten it; nothing is lost.")
MOST_PHOTOS = 3
# So many pictures stand open, in the order of the office; the rest are folded away.
USUAL = 9


def tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


class MatterForm(FlaskForm):
    """A matter from a resident's own phone. ``website`` is hidden from people:
    what fills it in is a program."""

    class Meta:
        # Without cookie and account there is nothing that a token could guard.
        csrf = False

    category = RadioField(_l("What is it about?"), [OneOf(CHOOSE)], coerce=number, validate_choice=False)
    village = SelectField(_l("Where is it?"), [OneOf(CHOOSE)], coerce=number, validate_choice=False)
    narrative = TextAreaField(_l("In your own words"), [Length(max=10_000, message=LONG)], filters=[tidy])
    knows = BooleanField(_l("The words hold a number; keep it."))
    photos = MultipleFileField(_l("Photos"), [Optional()])
    contact_name = StringField(_l("Your name"), [Length(max=80, message=LONG)], filters=[tidy])
    contact_phone = StringField(_l("Your telephone"), [Length(max=40, message=LONG)], filters=[tidy])
    share = RadioField(
        _l("May the unit that handles it learn your name and telephone?"),
        choices=[("no", _l("No, do not tell the unit")), ("yes", _l("Yes, the unit may call me"))],
        default="no",
        validate_choice=False,
    )
    chair_only = BooleanField(_l("Only the chair of the congress may open it"))
    website = StringField(_l("Leave this empty"))
    once = HiddenField()

    def __init__(self, holder: Holder):
        super().__init__()
        categories = list(db.session.scalars(select(Category).where(Category.active).order_by(Category.position)))
        villages = db.session.scalars(select(Area).where(Area.parent_id == holder.township.id).order_by(Area.code))
        self.category.choices = [(row.id, row.name) for row in categories]
        self.pictured = {row.id: row.code for row in categories}
        self.village.choices = [("", _("Please choose")), *((row.id, row.name) for row in villages)]
        self.once.data = self.once.data or answers.once()

    def validate_narrative(self, field):
        if not field.data and not self.pictures():
            raise ValidationError(_("Please write a few words, or add a photo."))
        if field.data and suspicious(field.data) and not self.knows.data:
            raise ValidationError(
                _(
                    "These words seem to hold a telephone or ID number. Others may read them. "
                    "Your own number belongs below, where it is sealed. If it must stay, tick the box and send again."
                )
            )

    def validate_photos(self, field):
        if len(self.pictures()) > MOST_PHOTOS:
            raise ValidationError(_("At most %(n)s photos, please.", n=MOST_PHOTOS))

    def validate_website(self, field):
        if field.data:
            field.data = ""
            raise ValidationError(_("Please send it once more."))

    @property
    def usual(self) -> list:
        choices = list(self.category.iter_choices())
        return choices[:USUAL] if len(choices) > USUAL + 1 else choices

    @property
    def unusual(self) -> list:
        return list(self.category.iter_choices())[len(self.usual) :]

    @property
    def most_photos(self) -> int:
        return MOST_PHOTOS

    def lost_photos(self) -> bool:
        """Whether photos were chosen and now have to be chosen again."""
        return any(getattr(file, "filename", file) for file in self.photos.data or [])

    def pictures(self) -> list:
        return [file for file in self.photos.data or [] if getattr(file, "filename", "")]

    def contact(self) -> dict | None:
        if not self.contact_name.data and not self.contact_phone.data:
            return None
        return {
            "name": self.contact_name.data,
            "phone": self.contact_phone.data,
            "share_with_unit": self.share.data == "yes",
            "chair_only": self.chair_only.data,
        }
