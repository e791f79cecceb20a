"""POST /field/sync: a phone's record becomes a case, exactly once."""

from flask import jsonify, request
from flask_login import current_user
from sqlalchemy import bindparam, select

from fieldapp import csrf
from fieldapp.access import only
from fieldapp.cases.case import Case
from fieldapp.database import db, writing
from fieldapp.field import record as records
from fieldapp.field.blueprint import field
from fieldapp.field.record import Invalid, Record
from fieldapp.field.sync_door import MIB, no_room, stale_token
from fieldapp.field.sync_keeping import amend, grow, log
from fieldapp.reading import Prepared
from fieldapp.serving import at_most

KNOWN = Prepared(lambda: select(Case.id).where(Case.key == bindparam("key")))


@field.post("/field/sync")
@only("deputy")
@csrf.exempt
@at_most(MIB)
def sync():
    """201, 200, 409, 422, 403; 401 with a stale token; 503 and 507 for later."""
    if refusal := stale_token() or no_room():
        return refusal
    try:
        return _keep(records.read(_body()), current_user._get_current_object())
    except Invalid as problem:
        db.session.rollback()
        return jsonify(id=problem.key, errors=problem.errors), 422


def _body() -> bytes:
    """The part ``case``, with or without a file name."""
    file = request.files.get("case")
    return file.read() if file else request.form.get("case", "").encode("utf-8", "replace")


def _keep(record: Record, person):
    if known := KNOWN.first(db.engine, key=record.id):
        writing()
        return _again(db.session.get_one(Case, known[0]), record, person)
    case = log(record, person)
    answer = receipt(case)
    db.session.commit()
    return jsonify(answer), 201


def _again(case: Case, record: Record, person):
    """The record came before: 200, or 409 with both versions kept."""
    if case.author_id != person.id:
        db.session.rollback()
        return jsonify(id=record.id, error="not_allowed"), 403
    differs = case.content != record.hash()
    if differs:
        amend(case, record)
    grow(case, record, person)
    answer = receipt(case)
    db.session.commit()
    return jsonify(answer), 409 if differs else 200


def receipt(case: Case) -> dict:
    """What the phone may let go: the words, and each photo that is not missing;
    ``activity``: the round on which the case stands here, if on any."""
    missing = sorted(photo.sha256 for photo in case.photos if photo.verified_at is None and photo.purpose == "matter")
    standing = {"number": case.number, "state": case.state, "seen": case.seen_at is not None, "activity": case.activity}
    return {"id": case.key, **standing, "missing": missing}
