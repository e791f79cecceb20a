"""How a case leaves the way, or goes to another level."""

from fieldapp.cases import joining, returning
from fieldapp.cases.acts.merging import leave_joint
from fieldapp.database import db, now


def guidance(case, actor, given):
    case.guided_to, case.ended_at = given["where"], now()
    return {"note": given["why"], "facts": {"where": given["where"]}}


def withdrawal(case, actor, given):
    """Whoever joined a case that is withdrawn goes on alone, as before."""
    left = leave_joint(case)
    case.ended_at = now()
    return {"note": given.get("reason", ""), "facts": left, "then": [(member, "unmerge", {}) for member in joining.members(case)]}


def escalation(case, actor, given):
    return {"note": given["opinion"], "facts": _to(case, "county")}


def advice(case, actor, given):
    return {"note": given["advice"], "facts": _to(case, "township")}


def succession(case, actor, given):
    former, case.deputy_id = case.deputy_id, given["successor"].id
    db.session.expire(case, ["deputy"])
    return {"facts": {"deputy": case.deputy_id, "former": former}}


def _to(case, level) -> dict:
    """Another level; its units' returns count anew, those of before are not forgotten."""
    case.level = level
    case.returns = returning.at_level(case)
    return {"level": level, "returns": case.returns}


def suggestion(case, actor, given):
    """The case goes on by itself; the suggestion has its own way."""
    return {"facts": {"number": given["suggestion"].number}}


ACTS = {
    "suggestion": suggestion,
    "guidance": guidance,
    "withdrawal": withdrawal,
    "escalation": escalation,
    "advice": advice,
    "county_advice": advice,
    "succession": succession,
}
