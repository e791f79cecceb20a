"""Putting a phone's record into the database; the route commits."""

from flask_babel import gettext as _
from sqlalchemy import select

from fieldapp import language
from fieldapp.activities import phone
from fieldapp.activities.round import find
from fieldapp.cases import contacts, intake, jwe, succession
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.outcome import Amendment
from fieldapp.cases.performing import make
from fieldapp.database import db, now, writing
from fieldapp.field.record import MOST_ATTACHMENTS, UUID7, Invalid, Record
from fieldapp.field.session import township_of
from fieldapp.places import edition
from fieldapp.places.place import Area, Category
from fieldapp.slips.giving import Unusable, slip_for


def log(record: Record, person) -> Case:
    """A new case with everything that came with it. Raises Invalid.

    Everything is looked up before the lock is taken that all writers need; what
    may change meanwhile, a slip or this very record, the database guards.
    """
    errors: dict[str, str] = {}
    township = township_of(person)
    category = edition.kept("categories by code", _categories).get(record.category)
    village = edition.kept("villages by code", _villages).get((township.id, record.village))
    if category is None:
        errors["category"] = _("We do not know this category any more. Please choose again.")
    if village is None:
        errors["village"] = _("We do not know this village. Please choose again.")
    if record.activity and not UUID7.fullmatch(record.activity) and find(township, record.activity) is None:
        errors["activity"] = _("We do not know this round. Please choose again.")
    # A round that was refused or called off keeps no case out.
    activity = phone.code_of(person, record.activity) if record.activity else None
    slip = _slip(record, person, errors)
    contact = _contact(record, errors)
    if errors:
        raise Invalid(record.id, errors)
    writing(keeping=True)
    case = intake.log(
        person,
        slip=slip,
        key=record.id,
        township_id=township.id,
        village_id=village,
        category_id=category,
        deputy_id=person.id,
        source="field",
        kind=record.kind,
        narrative=record.narrative,
        summary=record.summary,
        anonymous=record.anonymous,
        activity=activity,
        captured_at=record.captured_at,
        content=record.hash(),
    )
    if contact:
        contacts.seal_contact(case, contact)
    declare(case, record, person)
    if record.on_the_spot:
        make(case, "on_the_spot", person, {"text": record.on_the_spot, "language": language.of_words(record.on_the_spot)})
    succession.pass_on(case)
    return case


def _categories() -> dict[str, int]:
    return {row.code: row.id for row in edition.rows(Category).values() if row.active}


def _villages() -> dict[tuple[int, str], int]:
    return {(row.parent_id, row.code): row.id for row in edition.rows(Area).values()}


def grow(case: Case, record: Record, person) -> None:
    """What may follow later: more photos, and a contact where there was none."""
    declare(case, record, person)
    if record.sealed_contact and case.contact is None and case.is_open:
        errors: dict[str, str] = {}
        contact = _contact(record, errors)
        if errors:
            raise Invalid(record.id, errors)
        contacts.seal_contact(case, contact or {})


def declare(case: Case, record: Record, person) -> None:
    """A row for each photo that is to follow."""
    known = {photo.sha256 for photo in case.photos}
    fresh = [one for one in record.attachments if one.sha256 not in known]
    if len(known) + len(fresh) > MOST_ATTACHMENTS:
        raise Invalid(record.id, {"attachments": _("At most %(most)s photos go with one case.", most=MOST_ATTACHMENTS)})
    for one in fresh:
        case.photos.append(
            Attachment(
                purpose="matter",
                sha256=one.sha256,
                bytes=one.bytes,
                type=one.type,
                author_id=person.id,
                at=now(),
            )
        )


def amend(case: Case, record: Record) -> None:
    """Other words under the same id, kept once; a slip's code stays out of them."""
    content = record.hash()
    if _one(select(Amendment).where(Amendment.case_id == case.id, Amendment.content == content)) is None:
        words = {name: value for name, value in record.words().items() if name not in ("id", "slip")}
        db.session.add(Amendment(case_id=case.id, content=content, record=words, at=now()))


def _slip(record: Record, person, errors: dict[str, str]):
    given = record.slip or record.serial
    if not given:
        return None
    try:
        return slip_for(person, given)
    except Unusable as problem:
        errors["slip" if record.slip else "serial"] = problem.sentence
        return None


def _contact(record: Record, errors: dict[str, str]) -> dict | None:
    if not record.sealed_contact:
        return None
    try:
        return contacts.read_from_phone(record.sealed_contact)
    except jwe.Unreadable:
        errors["sealed_contact"] = _("The contact cannot be opened with the station's key. Please type it again.")
        return None


def _one(query):
    return db.session.scalar(query)
