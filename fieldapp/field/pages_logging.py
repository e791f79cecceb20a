"""Logging a case from the form, without script: one transaction, once."""

from flask_login import current_user
from sqlalchemy import select

from fieldapp import journal, language
from fieldapp.cases import contacts, intake, pictures, succession
from fieldapp.cases.case import Case
from fieldapp.cases.performing import make
from fieldapp.database import db
from fieldapp.field.session import township_of
from fieldapp.places.place import Area, Category
from fieldapp.slips.codes import pool_for


def logged(form) -> Case:
    """The new case, or the one this form has logged before.

    Raises pictures.NotAPicture with nothing kept.
    """
    if earlier := journal.done_already(form.once.data):
        return of(earlier)
    deputy = current_user._get_current_object()
    # Filling the pool commits: it comes before the case's own transaction.
    slip = form.found or pool_for(deputy)[0]
    try:
        case = intake.log(deputy, once=form.once.data or None, slip=slip, **_fields(form, deputy))
        for file in filter(None, form.photos.data or []):
            pictures.store(file.stream, case=case, purpose="matter", author=deputy)
    except pictures.NotAPicture:
        db.session.rollback()
        raise
    _extras(form, case, deputy)
    succession.pass_on(case)
    if not journal.commit_once(form.once.data):
        return of(journal.done_already(form.once.data))
    return case


def _fields(form, deputy) -> dict:
    township = township_of(deputy)
    village = select(Area.id).where(Area.parent_id == township.id, Area.code == form.village.data)
    category = select(Category.id).where(Category.code == form.category.data)
    return {
        "township_id": township.id,
        "village_id": db.session.scalar(village),
        "category_id": db.session.scalar(category),
        "deputy_id": deputy.id,
        "source": "field",
        "kind": form.kind.data,
        "narrative": form.narrative.data,
        "summary": form.summary.data or "",
        "anonymous": form.anonymous.data,
        "activity": form.activity.data or None,
    }


def _extras(form, case, deputy) -> None:
    if form.on_the_spot.data:
        make(case, "on_the_spot", deputy, {"text": form.on_the_spot.data, "language": language.current()})
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


def of(entry) -> Case:
    """The case that this timeline entry is about."""
    return db.session.get_one(Case, int(entry.thing.removeprefix("case:")))
