"""Putting a case under supervision, the unit's report, the reply to it."""

from fieldapp.cases import supervision
from fieldapp.cases.acts.facts import iso
from fieldapp.cases.supervision import Supervision
from fieldapp.database import db, now


def supervise(case, actor, given):
    case.supervised += 1
    db.session.add(
        Supervision(case_id=case.id, unit_id=case.unit_id, reason=given["reason"], due=given["report_due"], by_id=actor.id, at=now())
    )
    facts = {"unit": case.unit_id, "report_due": iso(given["report_due"]), "supervised": case.supervised}
    return {"note": given["reason"], "facts": facts}


def report(case, actor, given):
    """The unit that has the case now reports, though another may have been asked."""
    row = supervision.open_of(case)
    row.unit_id = case.unit_id or row.unit_id
    row.report, row.reporter_id, row.reported_at, row.recorded = given["report"], actor.id, now(), actor.role != "unit"
    return {"note": given["report"], "facts": {"unit": row.unit_id}}


def reply(case, actor, given):
    row = supervision.open_of(case)
    row.reply, row.replied_by_id, row.replied_at = given["reply"], actor.id, now()
    return {"note": given["reply"], "facts": {"unit": row.unit_id}}


ACTS = {"supervision": supervise, "report": report, "report_reply": reply}
