"""PUT and HEAD /field/attachments/<sha256>: a photo in chunks, resumable."""

import re

from flask import abort, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from fieldapp import csrf
from fieldapp.access import only
from fieldapp.cases import pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.database import db
from fieldapp.field.attachments_partial import Partial
from fieldapp.field.blueprint import field
from fieldapp.field.record import SHA256
from fieldapp.field.sync_door import MIB, no_room, stale_token
from fieldapp.serving import at_most

RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")


@field.route("/field/attachments/<sha256>", methods=["HEAD"])
@only("deputy")
def attachment_offset(sha256):
    """How much is here: ``Upload-Offset``."""
    rows = declared(sha256, current_user.id)
    whole = all(row.verified_at for row in rows)
    have = rows[0].bytes if whole else Partial(current_user.id, sha256).have()
    return "", 200, {"Upload-Offset": str(have), "Upload-Complete": "?1" if whole else "?0"}


@field.put("/field/attachments/<sha256>")
@only("deputy")
@csrf.exempt
@at_most(MIB)
def attachment(sha256):
    """202 ``have`` so far, 201 verified, 416 ``have`` out of order, 422 refused."""
    if refusal := stale_token() or no_room():
        return refusal
    person_id = current_user.id
    rows = declared(sha256, person_id)
    whole = all(row.verified_at for row in rows)
    # The lock of the database is given back: checking a picture takes its time.
    db.session.rollback()
    return verified(sha256) if whole else _receive(Partial(person_id, sha256))


def declared(sha256: str, person_id: int) -> list[Attachment]:
    """The rows of this person's cases that wait for this photo; 404 without any."""
    if not SHA256.fullmatch(sha256):
        abort(404)
    query = select(Attachment).where(Attachment.sha256 == sha256, Attachment.author_id == person_id, Attachment.purpose == "matter")
    return list(db.session.scalars(query)) or abort(404)


def _receive(partial: Partial):
    start, end, total = _range()
    if total > pictures.MOST_BYTES:
        return refused(partial, _("The photo is larger than %(limit)s MB. Send a smaller one.", limit=pictures.MOST_BYTES >> 20))
    body = request.get_data()
    with partial.held():
        have = partial.have()
        if start != have or len(body) != end - start + 1:
            return jsonify(have=have), 416
        if end + 1 < total:
            partial.append(body)
            return jsonify(have=end + 1), 202
        return _finish(partial, body)


def _finish(partial: Partial, body: bytes):
    """The last chunk is never kept by itself: the partial ends, or the photo is whole."""
    data = partial.read() + body
    if pictures.digest_of(data) != partial.sha256:
        return refused(partial, _("The photo was damaged on its way. Send it again."))
    try:
        for row in declared(partial.sha256, partial.person_id):
            if row.verified_at is None:
                row_id = row.id
                db.session.rollback()
                drawn = pictures.redraw(data)
                pictures.receive(db.session.get_one(Attachment, row_id), drawn)
                db.session.commit()
    except pictures.NotAPicture as problem:
        return refused(partial, problem.sentence)
    partial.drop()
    return verified(partial.sha256)


def verified(sha256: str):
    return jsonify(sha256=sha256, verified=True), 201


def refused(partial: Partial, sentence: str):
    partial.drop()
    return jsonify(sha256=partial.sha256, error=sentence), 422


def _range() -> tuple[int, int, int]:
    """First byte, last byte, total; without the header the body is the whole."""
    header = request.headers.get("Content-Range")
    length = len(request.get_data())
    found = RANGE.fullmatch(header) if header else None
    start, end, total = map(int, found.groups()) if found else (0, length - 1, length)
    if (header and not found) or not 0 <= start <= end < total:
        abort(400)
    return start, end, total
