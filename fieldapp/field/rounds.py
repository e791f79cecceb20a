"""POST /field/rounds: what a deputy did with a round, as a phone kept it, however often it is sent."""

from flask import jsonify, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import csrf, journal
from fieldapp.access import only
from fieldapp.activities import acts, phone
from fieldapp.activities.phone import Unfit
from fieldapp.database import db
from fieldapp.field.blueprint import field
from fieldapp.field.record import UUID7
from fieldapp.field.sync_door import MIB, no_room, stale_token
from fieldapp.serving import at_most


@field.post("/field/rounds")
@only("deputy")
@csrf.exempt
@at_most(MIB)
def rounds():
    """201 done now, 200 done before, 404 no round of this deputy's, 409 and 422
    with the reason: each echoes the id, and the phone lets go; 403 another's id."""
    if refusal := stale_token() or no_room():
        return refusal
    deputy, key = current_user._get_current_object(), request.form.get("id", "").lower()
    try:
        return _done(deputy, key, phone.STEPS.get(request.form.get("step", "")))
    except Unfit as unfit:
        db.session.rollback()
        return jsonify(id=key, errors=unfit.errors), 422
    except acts.Refused as refused:
        db.session.rollback()
        return jsonify(id=key, error=refused.sentence), 409


def _done(deputy, key: str, step):
    if step is None or not UUID7.fullmatch(key):
        raise Unfit({"id": _("The record is damaged. Send it again.")})
    if earlier := journal.done_already(key):
        if earlier.actor_id != deputy.id or not earlier.thing.startswith("round:"):
            return jsonify(id=key, error="not_allowed"), 403
        return jsonify(id=key, round=phone.as_carried(acts.of(earlier))), 200
    round = step(deputy, request.form, key)
    if round is None:
        return jsonify(id=key, error=_("This round is not one of yours, or it is not known any more. Nothing was changed.")), 404
    return jsonify(id=key, round=phone.as_carried(round)), 201 if journal.done_already(key) else 200
