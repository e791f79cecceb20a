"""Alike matters handled together, and apart again. While a case is merged its
columns rest as they were: going apart restores the state and touches nothing else."""

from sqlalchemy.orm.attributes import flag_modified

from fieldapp.cases import merging
from fieldapp.cases.acts.facts import where
from fieldapp.workflow import OutOfTurn


def merge_proposal(case, actor, given):
    _make_sure(case, given["joined"])
    case.point(proposed=given["joined"])
    return {"facts": {"proposed": case.proposed_id, "number": given["joined"].number}}


def merge_refusal(case, actor, given):
    refused = case.proposed
    case.point(proposed=None)
    return {"note": given["reason"], "facts": {"proposed": None, "number": refused.number}}


def merge(case, actor, given):
    joined = given["joined"]
    merging.lock(case, joined)
    _make_sure(case, joined)
    case.point(joined=joined)
    # A form that was drawn before somebody joined is out of date.
    flag_modified(joined, "activity")
    return {
        "note": given.get("note", ""),
        "facts": {**where(case), "joined": joined.id, "number": joined.number, "officer": case.officer_id},
    }


def unmerge(case, actor, given):
    return {"note": given.get("reason", ""), "facts": leave_joint(case)}


def leave_joint(case) -> dict:
    """The facts of going apart; none where the case had joined nobody."""
    if case.state != "merged":
        return {}
    left = case.joined_id
    case.point(joined=None)
    return {"joined": None, "left": left}


def _make_sure(case, joined) -> None:
    if refusal := merging.why_not(case, joined):
        raise OutOfTurn(case, refusal)


ACTS = {
    "merge_proposal": merge_proposal,
    "merge_refusal": merge_refusal,
    "merge": merge,
    "unmerge": unmerge,
}
