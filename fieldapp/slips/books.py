"""The books of slips that a person may see, and the form that issues one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func, or_, select
from wtforms import HiddenField, RadioField, SelectField, ValidationError

from fieldapp import answers, journal
from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places.place import Area, Station
from fieldapp.slips.issuing import issue_book
from fieldapp.slips.slip import Book, Slip

SIZES = (10, 20, 50, 90)


def areas(person):
    """The person's own area and those directly below it."""
    return select(Area.id).where(or_(Area.id == person.area_id, Area.parent_id == person.area_id))


def reachable_by(person):
    """Books of the township for its desk, of all townships for the county's administrator."""
    return select(Book).where(Book.township_id.in_(areas(person)))


def listed(person, before: int | None = None, most: int = 50) -> list[tuple[Book, int, int]]:
    """Printed books, newest first, with how many slips are in use and revoked.
    The screens' pools are no books to anybody but the program."""
    used, revoked = func.count(Slip.case_id), func.count(Slip.revoked_at)
    query = (
        reachable_by(person)
        .add_columns(used, revoked)
        .join(Book.slips)
        .where(Book.pool.is_(False))
        .group_by(Book.id)
        .order_by(Book.number.desc())
        .limit(most)
    )
    if before:
        query = query.where(Book.number < before)
    return [tuple(row) for row in db.session.execute(query)]


def number(value) -> int | None:
    """What a choice sends; None for what is no number."""
    return int(value) if str(value or "").isdecimal() else None


class OneOf:
    """The choice is one of those offered; WTForms' own sentence knows no Uyghur."""

    def __init__(self, message):
        self.message = message

    def __call__(self, form, field):
        offered = [value for value, *_rest in field.iter_choices()]
        if field.data in (None, "") or field.data not in offered:
            raise ValidationError(self.message)


class IssueForm(FlaskForm):
    holder = SelectField(_l("For whom"), [OneOf(_l("Please choose who gets the book."))], validate_choice=False)
    size = RadioField(_l("How many slips"), [OneOf(_l("Please choose how many slips."))], coerce=number, default=20, validate_choice=False)
    once = HiddenField()

    def __init__(self, person):
        super().__init__()
        self.holder.choices = {"": [("", _("Please choose"))], **_holders(person)}
        self.size.choices = [(size, _("%(n)s slips (sheets of A4: %(sheets)s)", n=size, sheets=-(-size // 10))) for size in SIZES]
        self.once.data = self.once.data or answers.once()


def _holders(person) -> dict[str, list[tuple[str, str]]]:
    deputies = db.session.scalars(
        select(Person).where(Person.role == "deputy", Person.active, Person.area_id.in_(areas(person))).order_by(Person.id)
    )
    stations = db.session.scalars(select(Station).where(Station.area_id.in_(areas(person))).order_by(Station.id))
    return {
        _("Deputies"): [(f"deputy-{deputy.id}", f"{deputy.name} · {deputy.area.name}") for deputy in deputies],
        _("Stations"): [(f"station-{station.id}", f"{station.name} · {station.area.name}") for station in stations],
    }


def issue(form: IssueForm, actor) -> Book:
    """Issues the book that a valid form asks for, once."""
    if earlier := journal.done_already(form.once.data):
        return db.session.get_one(Book, earlier.facts["book"])
    kind, _dash, key = form.holder.data.partition("-")
    holder = db.session.get_one({"deputy": Person, "station": Station}[kind], int(key))
    book = issue_book(**{kind: holder}, size=form.size.data)
    facts = {"book": book.id, "number": book.number, "size": book.size, "holder": form.holder.data}
    journal.record(f"book:{book.id}", "issue", actor, once=form.once.data, facts=facts)
    if not journal.commit_once(form.once.data):
        return issue(form, actor)
    return book
