"""What is asked of a round: its plan, a stop, its end."""

from functools import partial

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import or_, select
from wtforms import HiddenField, IntegerField, StringField, TimeField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from fieldapp import language
from fieldapp.activities.round import Round
from fieldapp.cases.asking import CHOOSE, harmless, words
from fieldapp.database import db, today
from fieldapp.people.person import Person
from fieldapp.places.fields import Choice, Choices, Day, Number, from_to
from fieldapp.places.place import Area

MOST_STOPS = 10
FURTHEST = 366
Line = partial(words, needed=False, kind=StringField)


class RoundForm(FlaskForm):
    """Carries a key of its own and, for a round that is there, its version."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    once = HiddenField()

    def prepare(self, township: Area) -> "RoundForm":
        self.township = township
        return self


class StopForm(RoundForm):
    """One stop: a village, perhaps the place in it."""

    village = Choice(_l("Village"), [InputRequired(CHOOSE)])
    place = Line(_l("Place, such as the square or a field"), 80)
    validate_place = staticmethod(harmless)

    def prepare(self, township):
        self.village.choices = [("", _("Please choose")), *villages(township)]
        return super().prepare(township)

    def stop(self) -> dict:
        return {"village_id": village_id(self.township, self.village.data), "place": self.place.data or ""}


class NowForm(StopForm):
    """A round that starts now, at its first stop."""

    topic = Line(_l("Topic"), 200)
    validate_topic = staticmethod(harmless)


class ClosingForm(RoundForm):
    heard = Number(_l("How many people were heard"), [InputRequired(_l("Please give a whole number.")), from_to(0, 9999)])

    def given(self) -> int:
        return self.heard.data


class CallingOffForm(RoundForm):
    reason = words(_l("Why it does not take place: the deputies read this"), 500, kind=StringField)
    validate_reason = staticmethod(harmless)

    def given(self) -> str:
        return self.reason.data


class PlanForm(RoundForm):
    """The whole round: day, vehicle, topic, deputies, and the stops still to be reached."""

    day = Day(_l("Day"), [InputRequired(_l("Please give a day of the calendar."))])
    vehicle = Line(_l("Vehicle"), 40)
    topic = Line(_l("Topic"), 200)
    deputies = Choices(_l("Deputies"), [InputRequired(_l("Please choose at least one deputy."))], coerce=int)
    validate_topic = staticmethod(harmless)

    def prepare(self, township, round: Round | None = None):
        self.round = round
        self.deputies.choices = [(person.id, person.name) for person in deputies(township, round)]
        offered = [("", _("No stop")), *villages(township)]
        for _stop, village, _place, _planned in self.rows:
            village.choices = offered
        return super().prepare(township)

    @property
    def rows(self) -> list[tuple]:
        """For each stop: its id where it is known, village, place, time."""
        return [tuple(self[f"{name}_{n}"] for name in ("stop", "village", "place", "planned")) for n in range(1, MOST_STOPS + 1)]

    def fill(self, round: Round) -> None:
        self.day.data, self.vehicle.data, self.topic.data = round.day, round.vehicle, round.about
        self.deputies.data = [deputy.id for deputy in round.deputies]
        ahead = [stop for stop in round.stops if not stop.reached_at]
        for row, stop in zip(self.rows, ahead, strict=False):
            for field, value in zip(row, (stop.id, stop.village.code, stop.place, stop.planned), strict=True):
                field.data = value

    def validate_day(self, field):
        if field.data is None or (self.round and field.data == self.round.day):
            return
        if field.data < today():
            raise ValidationError(_("This day is past. Please choose today or a day to come."))
        if (field.data - today()).days > FURTHEST:
            raise ValidationError(_("At most a year ahead, please."))

    def validate_vehicle(self, field):
        others = select(Round).where(Round.township_id == self.township.id, Round.day == self.day.data, Round.vehicle.is_not(None))
        for other in db.session.scalars(others) if field.data and self.day.data else ():
            if other.vehicle.casefold() == field.data.casefold() and (self.round is None or other.id != self.round.id):
                raise ValidationError(
                    _("This vehicle is out on another round that day: %(topic)s.", topic=language.held(other.about) or other.code)
                )

    def validate(self, **more):
        fine = super().validate(**more)
        for _stop, village, place, planned in self.rows:
            if (place.data or planned.data) and not village.data and not village.errors:
                village.errors = [_("Please choose the village of this stop.")]
                fine = False
        return fine

    def given(self) -> dict:
        chosen = db.session.scalars(select(Person).where(Person.id.in_(self.deputies.data)).order_by(Person.id))
        topic = self.topic.data or ""
        if self.round and topic == self.round.about:
            topic = self.round.topic
        return {"day": self.day.data, "vehicle": self.vehicle.data or None, "topic": topic, "deputies": list(chosen)}

    def stops(self) -> list[dict]:
        return [
            {
                "id": int(stop.data) if str(stop.data or "").isdecimal() else None,
                "village_id": village_id(self.township, village.data),
                "place": place.data or "",
                "planned": planned.data,
            }
            for stop, village, place, planned in self.rows
            if village.data
        ]


for n in range(1, MOST_STOPS + 1):
    setattr(PlanForm, f"stop_{n}", HiddenField())
    setattr(PlanForm, f"village_{n}", Choice(_l("Village"), [Optional()]))
    setattr(PlanForm, f"place_{n}", Line(_l("Place, such as the square or a field"), 80))
    setattr(PlanForm, f"planned_{n}", TimeField(_l("Time"), [Optional()], invalid_value_message=_l("Please give a time such as 09:30.")))
    setattr(PlanForm, f"validate_place_{n}", staticmethod(harmless))


def villages(township: Area) -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Area).where(Area.parent_id == township.id).order_by(Area.code))
    return [(row.code, row.name) for row in rows]


def village_id(township: Area, code: str) -> int:
    return db.session.scalars(select(Area.id).where(Area.parent_id == township.id, Area.code == code)).one()


def deputies(township: Area, round: Round | None) -> list[Person]:
    """Those of the township; whoever left since then stays on their rounds."""
    within = Person.area_id.in_(select(Area.id).where(or_(Area.id == township.id, Area.parent_id == township.id)))
    now = set(db.session.scalars(select(Person).where(Person.role == "deputy", within, Person.active)))
    return sorted(now | set(round.deputies if round else ()), key=lambda person: person.id)
