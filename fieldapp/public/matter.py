"""The matter behind a slip as the resident's page reads it: a few selects of what
the page needs, in one moment. The record it is drawn from is ``status``.
"""

from sqlalchemy import bindparam, exists, select

from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.cases.outcome import Answer, Verdict, Wording
from fieldapp.cases.sentences import SHOWN
from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places import edition
from fieldapp.places.place import Area, Category, Unit
from fieldapp.public.glance import MARKED, marked
from fieldapp.reading import Prepared, Reading, reading, reading_of
from fieldapp.slips.slip import Slip

# What the page, and the moves that are open to a resident, ask of a case.
ASKED = (
    *("id", "number", "township_id", "village_id", "category_id", "deputy_id", "unit_id", "answer_id", "joined_id"),
    *("state", "level", "due", "returns", "reworks", "relapses", "guided_to", "ended_at"),
)


def _asked() -> tuple:
    return exists().where(Answer.case_id == Case.id).label("is_answered"), *(Case.__table__.columns[name] for name in ASKED)


def _answers():
    """The answers of a case, and whether there is more to each of them."""
    more = (exists().where(model.answer_id == Answer.id).label(name) for name, (model, _rows) in OF_ANSWERS.items())
    return select(*Answer.__table__.columns, *more).where(Answer.case_id == bindparam("case")).order_by(Answer.id)


def _of_case(model):
    """All rows of a model that belong to the answers of a case."""
    columns = model.__table__.columns
    return select(*columns).join(Answer, Answer.id == model.answer_id).where(Answer.case_id == bindparam("case")).order_by(columns.id)


FOUND = Prepared(lambda: marked(Slip.id.label("slip_id"), Slip.serial, *_asked()))
JOINED = Prepared(lambda: select(*_asked()).where(Case.id == bindparam("case")))
ANSWERS = Prepared(_answers)
OF_ANSWERS = {
    "wordings": (Wording, Prepared(lambda: _of_case(Wording))),
    "verdicts": (Verdict, Prepared(lambda: _of_case(Verdict))),
    "photos": (Attachment, Prepared(lambda: _of_case(Attachment))),
}


def read(lookup: str) -> tuple[Reading | None, tuple | None]:
    """The slip with its case, for reading, and the marks they were read under."""
    engine = db.engine
    with reading(engine) as cursor:
        row = FOUND.one(engine, cursor, lookup=lookup)
        if row is None:
            return None, None
        plain, words = row
        edition.found(words["edition"])
        return _slip(words, engine, cursor), plain[:MARKED]


def _slip(words: dict, engine, cursor) -> Reading:
    case = _case(words, engine, cursor) if words["id"] else None
    return reading_of(Slip)(id=words["slip_id"], serial=words["serial"], revoked_at=words["revoked_at"], case=case)


def _case(words: dict, engine, cursor) -> Reading:
    case = _bare(words, engine, cursor)
    # It does not point back: what is read lies in no circle, and is gone with the page.
    case.slip = reading_of(Slip)(id=words["slip_id"], serial=words["serial"])
    known = {name: words[name] for name in ("erase_at", "share_with_unit", "chair_only")}
    case.contact = reading_of(Contact)(case_id=case.id, **known) if words["erase_at"] else None
    case.entries = SHOWN.rows(engine, cursor, thing=case.thing)
    if case.joined_id:
        case.joined = _bare(JOINED.one(engine, cursor, case=case.joined_id)[1], engine, cursor)
    return case


def _bare(words: dict, engine, cursor) -> Reading:
    """The case with its places, people and answers."""
    case = reading_of(Case)(**words)
    areas, categories, units, people = edition.kept("matter", _names)
    case.township, case.village = areas[case.township_id], areas[case.village_id]
    case.category, case.unit, case.deputy = categories[case.category_id], units.get(case.unit_id), people.get(case.deputy_id)
    case.answers = _answers_of(case, engine, cursor) if words["is_answered"] else []
    case.answer = next((one for one in case.answers if one.id == case.answer_id), None)
    return case


def _names() -> tuple[dict, ...]:
    return tuple(edition.rows(kind) for kind in (Area, Category, Unit, Person))


def _answers_of(case, engine, cursor) -> list[Reading]:
    rows = ANSWERS.rows(engine, cursor, case=case.id)
    answers = [reading_of(Answer)(**words, letter=words["class"], unit=edition.row(Unit, words["unit_id"])) for words in rows]
    for name, (model, asked) in OF_ANSWERS.items():
        more = asked.rows(engine, cursor, case=case.id) if any(words[name] for words in rows) else []
        read = [reading_of(model)(**words) for words in more]
        for answer in answers:
            setattr(answer, name, [one for one in read if one.answer_id == answer.id])
    return answers
