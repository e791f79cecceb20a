"""A move of a case, and those who make one without an account."""

from collections.abc import Callable
from dataclasses import dataclass

from fieldapp import workflow
from fieldapp.cases import guards
from fieldapp.workflow import Clock

__all__ = ["Clock", "Move", "Resident"]


@dataclass(frozen=True)
class Resident:
    """Whoever holds the slip: the only one who says solved, or rates."""

    id = None
    role = "resident"


@dataclass(frozen=True)
class Move(workflow.Move):
    """One row; ``told`` is the resident's sentence, ``theirs`` whether the
    actor holds the role towards this very case."""

    theirs: Callable = guards.is_theirs

    def may(self, case, actor) -> bool:
        return actor.role in self.who and self.theirs(case, actor)
