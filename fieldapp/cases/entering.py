"""The desk enters: from paper, from the telephone, from the old paper ledger."""

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import BooleanField, DateField, MultipleFileField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from fieldapp import answers, journal
from fieldapp.access import only
from fieldapp.cases import activity as outings
from fieldapp.cases import choosing, contacts, intake, pictures, succession
from fieldapp.cases.asking import CHOOSE, MoveForm, harmless, one_of, words
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import Case
from fieldapp.cases.detector import suspicious
from fieldapp.database import db, today
from fieldapp.people.person import Person
from fieldapp.places.fields import Choice
from fieldapp.places.kinds import KINDS
from fieldapp.places.place import Area, Category
from fieldapp.slips.giving import Unusable, slip_for

PAPER_WORDS = {"logged": _l("raised on"), "handed_over": _l("handed over on")}


class EnterForm(MoveForm):
    """A matter from paper or the telephone, for a named deputy."""

    # There is no case yet that could have changed.
    version = None
    source = one_of(_l("Where it comes from"), choices=[("paper", _l("A paper form")), ("telephone", _l("The telephone"))])
    deputy_id = SelectField(_l("For which deputy"), [InputRequired(CHOOSE)], coerce=choosing.number)
    category = SelectField(_l("What it is about"), [InputRequired(CHOOSE)], coerce=choosing.number)
    village = SelectField(_l("Where"), [InputRequired(CHOOSE)], coerce=choosing.number)
    activity = Choice(_l("On which round"), [Optional()])
    kind = SelectField(_l("Kind"), choices=[*KINDS.items()])
    narrative = words(_l("The matter, in the resident's words"), 10_000)
    knows = BooleanField(_l("The words hold a number; it is not a resident's, keep it"))
    summary = words(_l("Summary: the only words that the unit and the public read"), 200, needed=False)
    slip = words(_l("Number or code of the slip"), 200, needed=False, kind=StringField)
    anonymous = BooleanField(_l("The resident wishes to stay unnamed"))
    photos = MultipleFileField(_l("Photos"), [Optional()])
    contact_name = words(_l("The resident's name"), 80, needed=False, kind=StringField)
    contact_phone = words(_l("The resident's telephone"), 40, needed=False, kind=StringField)
    share_with_unit = BooleanField(_l("The resident agreed that the unit may learn name and telephone"))
    chair_only = BooleanField(_l("Only the chair may open the contact"))
    validate_summary = staticmethod(harmless)

    found = None
    doubtful = False

    def prepare(self, case, actor):
        self.actor = actor
        self.deputy_id.choices = _open(_people(actor.area_id))
        self.category.choices = _open(
            (row.id, row.name) for row in db.session.scalars(select(Category).where(Category.active).order_by(Category.position))
        )
        self.village.choices = _open(
            (row.id, row.name) for row in db.session.scalars(select(Area).where(Area.parent_id == actor.area_id).order_by(Area.code))
        )
        if self.activity:
            self.activity.choices = [("", _("On none")), *outings.latest(actor.area.township)]

    def validate_narrative(self, field):
        self.doubtful = bool(field.data and suspicious(field.data))
        if self.doubtful and not self.knows.data:
            raise ValidationError(
                _(
                    "These words seem to hold a telephone or ID number. Names and numbers belong in the sealed contact below. If it must stay, tick the box and save again."
                )
            )

    def validate_slip(self, field):
        if field.data:
            try:
                self.found = slip_for(self.actor, field.data)
            except Unusable as problem:
                raise ValidationError(problem.sentence) from problem

    def fields(self) -> dict:
        """Columns of the new case."""
        return {
            "township_id": self.actor.area_id,
            "village_id": self.village.data,
            "category_id": self.category.data,
            "deputy_id": self.deputy_id.data,
            "source": self.source.data if self.source else "ledger",
            "kind": self.kind.data,
            "narrative": self.narrative.data,
            "summary": self.summary.data or "",
            "anonymous": self.anonymous.data,
            "activity": self.activity.data or None if self.activity else None,
        }


class CarryOverForm(EnterForm):
    """An open case of the paper ledger, mid-life: its paper dates are claims."""

    source = activity = None
    summary = words(_l("Summary: the only words that the unit and the public read"), 200)
    unit = SelectField(_l("Which unit has it"), [InputRequired(CHOOSE)], coerce=choosing.number)
    due = DateField(_l("Until when"), [InputRequired(CHOOSE)])
    paper_logged = DateField(_l("Raised on, by the paper"), [Optional()])
    paper_handed_over = DateField(_l("Handed over on, by the paper"), [Optional()])

    def prepare(self, case, actor):
        super().prepare(case, actor)
        self.unit.choices = choosing.one_unit(actor.area)

    def validate_paper_logged(self, field):
        if field.data and field.data > today():
            raise ValidationError(_("This day is still to come."))

    def fields(self):
        claims = {"logged": self.paper_logged.data, "handed_over": self.paper_handed_over.data}
        return {**super().fields(), "paper_dates": {what: day.isoformat() for what, day in claims.items() if day}}

    def handed_to(self):
        return {"unit": choosing.unit(self.unit.data), "due": self.due.data, "summary": self.summary.data}


@cases.route("/cases/new", methods=["GET", "POST"], endpoint="enter")
@only("clerk", "chair")
def enter():
    return _entering(EnterForm, "cases/enter.html", _("New case"))


@cases.route("/cases/carry-over", methods=["GET", "POST"])
@only("clerk", "chair")
def carry_over():
    return _entering(CarryOverForm, "cases/enter.html", _("Carry over from the paper ledger"))


def _entering(kind, page, title):
    form = kind()
    form.bound = form.is_submitted()
    form.prepare(None, current_user)
    if not form.is_submitted():
        form.once.data = answers.once()
        form.kind.data = "difficulty"
        return answers.answer(page, page, form=form, title=title)
    if earlier := journal.done_already(form.once.data):
        return redirect(_case_of(earlier), 303)
    if not form.validate():
        return answers.answer(page, page, 422, form=form, title=title)
    return _keep(form, page, title)


def _keep(form, page, title):
    actor = current_user._get_current_object()
    try:
        case = intake.log(
            actor,
            once=form.once.data or None,
            slip=form.found,
            handed_to=form.handed_to() if isinstance(form, CarryOverForm) else None,
            **form.fields(),
        )
        for file in filter(None, form.photos.data or []):
            pictures.store(file.stream, case=case, purpose="matter", author=actor)
    except pictures.NotAPicture as problem:
        db.session.rollback()
        form.photos.errors = [problem.sentence]
        return answers.answer(page, page, 422, form=form, title=title)
    if form.contact_name.data or form.contact_phone.data:
        contacts.seal_contact(
            case,
            {
                "name": form.contact_name.data or "",
                "phone": form.contact_phone.data or "",
                "share_with_unit": form.share_with_unit.data,
                "chair_only": form.chair_only.data,
            },
        )
    succession.pass_on(case)
    if not journal.commit_once(form.once.data):
        return redirect(_case_of(journal.done_already(form.once.data)), 303)
    return answers.done(url_for("cases.case", number=case.number), _("The case is on record."))


def _case_of(entry) -> str:
    case = db.session.get_one(Case, int(entry.thing.removeprefix("case:")))
    return url_for("cases.case", number=case.number)


def _open(rows) -> list[tuple[int | str, str]]:
    """Nothing is chosen before somebody chooses: the first of a list is seldom the right one."""
    return [("", _("Please choose")), *rows]


def _people(township_id: int) -> list[tuple[int, str]]:
    rows = db.session.scalars(
        select(Person).where(Person.role == "deputy", Person.area_id == township_id, Person.active).order_by(Person.id)
    )
    return [(person.id, person.name) for person in rows]
