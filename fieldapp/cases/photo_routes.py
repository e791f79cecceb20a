"""A case's photo, for those who may see it."""

from flask import abort, request, send_file
from flask_login import current_user
from sqlalchemy import and_, or_, select

from fieldapp.access import only
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import Case
from fieldapp.cases.outcome import Answer
from fieldapp.cases.pictures import path_of
from fieldapp.database import db, now


@cases.get("/cases/<number>/photos/<int:id>")
@only("deputy", "clerk", "chair", "unit", "county")
def photo(number, id):
    """A JPEG; ``?small=1`` its thumbnail. 404 out of reach, or not whole yet."""
    attachment = db.session.scalar(visible_to(current_user).where(Case.number == number, Attachment.id == id)) or abort(404)
    path = path_of(attachment, small=bool(request.args.get("small")))
    if not path.exists():
        abort(404)
    response = send_file(path, mimetype="image/jpeg")
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
