"""After the answer: a promise whose day has come, and looking back at the place."""

from fieldapp.cases import lookback
from fieldapp.cases.acts.checking import again
from fieldapp.database import db, now


def promise(case, actor, given):
    """The unit answers anew; the old answer stays readable, and nothing is counted."""
    return {"facts": again(case, case.answer.unit_id)}


def look(case, actor, given):
    made = given.get("lookback") or lookback.next_for(case, actor)
    made.result, made.note, made.by_id, made.at = given["result"], given.get("note", ""), actor.id, now()
    db.session.flush()
    follows = [(case, "relapse", {"reason": made.note})] if made.result == "relapsed" else []
    return {"note": made.note, "facts": {"lookback": made.kind, "result": made.result}, "then": follows}


def assignment(case, actor, given):
    row = lookback.pending(case)[0]
    row.assignee_id = given["person"].id
    return {"facts": {"lookback": row.kind, "person": row.assignee_id}}


def relapse(case, actor, given):
    case.relapses += 1
    case.ended_at = None
    return {"note": given["reason"], "facts": again(case, case.answer.unit_id)}


ACTS = {
    "promise": promise,
    "lookback": look,
    "lookback_assignment": assignment,
    "relapse": relapse,
}
