"""POST /field/sync/presence: "I am here now", as a phone reports it, however often."""

from flask import jsonify, request
from flask_login import current_user

from fieldapp import csrf
from fieldapp.access import only
from fieldapp.activities import phone
from fieldapp.activities.acts import Refused
from fieldapp.database import db
from fieldapp.field.blueprint import field
from fieldapp.field.sync_door import MIB, stale_token
from fieldapp.serving import at_most


@field.post("/field/sync/presence")
@only("deputy")
@csrf.exempt
@at_most(MIB)
def presence():
    """Every answer echoes the stop: 200 with its time, 404 not one of this
    deputy's, 409 with the reason; then the phone lets go."""
    if refusal := stale_token():
        return refusal
    deputy = current_user._get_current_object()
    code, stop_id = request.form.get("round", ""), request.form.get("stop", type=int)
    stop = phone.stop_of(deputy, code, stop_id)
    if stop is None:
        return jsonify(round=code, stop=stop_id, error="unknown"), 404
    try:
        phone.arrive(deputy, stop, request.form.get("at", "").replace("\0", "")[:40] or None)
    except Refused as refused:
        db.session.rollback()
        return jsonify(round=code, stop=stop_id, error=refused.sentence), 409
    return jsonify(round=code, stop=stop.id, at=stop.reached_at.isoformat())
