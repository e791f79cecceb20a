"""Which photos of a case a person may see, by what number, and how one is sent."""

from flask import abort, send_file
from sqlalchemy import and_, func, or_, select

from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.outcome import Answer
from fieldapp.cases.pictures import path_of
from fieldapp.database import db, now


def find(number: str, photo: int, person) -> Attachment | None:
    """A photo of the case of this number: by its row, for a unit by its place
    among those it sees, since gaps would tell how many others there are."""
    seen = visible_to(person).where(Case.number == number).order_by(Attachment.id)
    if person.role == "unit":
        return db.session.scalar(seen.offset(photo - 1).limit(1)) if photo else None
    return db.session.scalar(seen.where(Attachment.id == photo))


def places(case, person) -> tuple[int, ...]:
    """The numbers by which a unit's officer finds the photos of this case."""
    seen = visible_to(person).where(Case.id == case.id).with_only_columns(func.count(Attachment.id), maintain_column_froms=True)
    return tuple(range(1, db.session.scalar(seen) + 1))


def reply(photo: Attachment, *, small: bool):
    """The picture alone: when it was stored, and under what name, is nobody's business."""
    path = path_of(photo, small=small)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype="image/jpeg", etag=False)
    for name in ("Last-Modified", "Content-Disposition"):
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "no-store"
    return response


def visible_to(person):
    """A unit sees the photos approved at handover and those of its own answers;
    whose case was merged, those of the joint answers that residents may read."""
    merged = and_(Case.state == "merged", Case.joined_id == Attachment.case_id, _public())
    query = select(Attachment).join(Case, or_(Case.id == Attachment.case_id, merged))
    query = query.where(Case.reach(person), Attachment.verified_at.is_not(None))
    if person.role != "unit":
        return query
    own = and_(Attachment.purpose.in_(("answer", "scan")), Answer.unit_id.in_(person.unit_ids))
    approved = and_(Attachment.purpose == "matter", Attachment.approved)
    return query.outerjoin(Answer, Answer.id == Attachment.answer_id).where(or_(approved, own))


def _public():
    """Whether the photo belongs to an answer that residents may read."""
    return Attachment.answer_id.in_(select(Answer.id).where(Answer.visible_at <= now()))
