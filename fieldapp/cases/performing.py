"""Making a move: the one door through which a case changes."""

from fieldapp.cases import search
from fieldapp.cases.acts import ACTS
from fieldapp.cases.moves import TABLE
from fieldapp.database import now
from fieldapp.workflow import OutOfTurn, Refused, Stale, Workflow, enter

__all__ = ["OutOfTurn", "Refused", "Stale", "enter", "make", "perform"]


def _notice(case, move, actor) -> None:
    """Whoever presides has seen a case with their first act on it."""
    if "summary" in move.facts:
        search.index(case, search.summary_before(case))
    if actor.role in ("chair", "county") and case.seen_at is None:
        case.seen_at = now()


_workflow = Workflow(TABLE, ACTS, _notice)
perform, make = _workflow.perform, _workflow.make
