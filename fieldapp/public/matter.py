"""The matter behind a slip as the resident's page reads it: a handful of selects
of what the page needs, in one moment. The record it is drawn from is ``status``.
"""

from sqlalchemy import bindparam, select

from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.cases.joining import others_of
from fieldapp.cases.outcome import Answer, Verdict, Wording
from fieldapp.cases.sentences import SHOWN
from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places import edition
from fieldapp.places.place import Area, Category, Unit
from fieldapp.public.glance import MARKS
from fieldapp.reading import Prepared, Reading, reading, reading_of
from fieldapp.slips.slip import Slip

# What a resident's page has no use for is not even read.
UNREAD = {"narrative", "summary", "key", "content", "captured_at", "paper_dates", "uninspected", "activity"}


def _slip_and_case():
    columns = [column for column in Case.__table__.columns if column.key not in UNREAD]
    return (
        select(
            *columns,
            Slip.id.label("slip_id"),
            Slip.serial,
            Slip.revoked_at,
            Contact.erase_at,
            others_of(Case.id).label("others"),
        )
        .select_from(Slip)
        .outerjoin(Case, Case.id == Slip.case_id)
        .outerjoin(Contact, Contact.case_id == Case.id)
        .where(Slip.lookup == bindparam("lookup"))
    )


def _of_case(model):
    """All rows of a model that belong to the answers of a case."""
    columns = model.__table__.columns
    return select(*columns).join(Answer, Answer.id == model.answer_id).where(Answer.case_id == bindparam("case")).order_by(columns.id)


FOUND = Prepared(_slip_and_case)
ANSWERS = Prepared(lambda: select(*Answer.__table__.columns).where(Answer.case_id == bindparam("case")).order_by(Answer.id))
OF_ANSWERS = {
    "wordings": (Wording, Prepared(lambda: _of_case(Wording))),
    "verdicts": (Verdict, Prepared(lambda: _of_case(Verdict))),
    "photos": (Attachment, Prepared(lambda: _of_case(Attachment))),
}


def read(lookup: str) -> tuple[Reading | None, tuple | None]:
    """The slip with its case, for reading, and the marks they were read under."""
    with reading(db.engine) as cursor:
        marks = MARKS.marks(db.engine, cursor, lookup=lookup)
        if marks is None:
            return None, None
        edition.found(marks[-1])
        words = FOUND.rows(db.engine, cursor, lookup=lookup)[0]
        return _slip(words, cursor), marks


def _slip(words: dict, cursor) -> Reading:
    case = _case(words, cursor) if words["id"] else None
    return reading_of(Slip)(id=words["slip_id"], serial=words["serial"], revoked_at=words["revoked_at"], case=case)


def _case(words: dict, cursor) -> Reading:
    case = reading_of(Case)(**words)
    case.slip = reading_of(Slip)(id=words["slip_id"], serial=words["serial"], case=case)
    case.contact = reading_of(Contact)(case_id=case.id, erase_at=words["erase_at"]) if words["erase_at"] else None
    case.township, case.village = edition.row(Area, case.township_id), edition.row(Area, case.village_id)
    case.category, case.unit = edition.row(Category, case.category_id), edition.row(Unit, case.unit_id)
    case.deputy = edition.row(Person, case.deputy_id)
    case.entries = SHOWN.rows(db.engine, cursor, thing=case.thing)
    case.answers = _answers(case, cursor)
    case.answer = next((one for one in case.answers if one.id == case.answer_id), None)
    return case


def _answers(case, cursor) -> list[Reading]:
    found = [_answer(words) for words in ANSWERS.rows(db.engine, cursor, case=case.id)]
    for name, (model, rows) in OF_ANSWERS.items() if found else ():
        read = [reading_of(model)(**words) for words in rows.rows(db.engine, cursor, case=case.id)]
        for answer in found:
            setattr(answer, name, [one for one in read if one.answer_id == answer.id])
    return found


def _answer(words: dict) -> Reading:
    return reading_of(Answer)(**words, letter=words["class"], unit=edition.row(Unit, words["unit_id"]))
