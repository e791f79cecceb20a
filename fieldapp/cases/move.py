"""A move, and those who make one without an account."""

from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.cases import guards


@dataclass(frozen=True)
class Resident:
    """Whoever holds the slip: the only one who says solved, or rates."""

    id = None
    role = "resident"


@dataclass(frozen=True)
class Clock:
    """Who acts when a day has come and nobody has to decide anything."""

    id = None
    role = "clock"


@dataclass(frozen=True)
class Move:
    """One row. ``reaching`` None keeps the state; ``told`` is the resident's
    sentence, None where the resident does not see the entry."""

    name: str
    leaving: tuple[str, ...]
    reaching: str | None
    who: tuple[str, ...]
    facts: tuple[str, ...]
    label: str
    sentence: str
    told: str | None = None
    guard: Callable = guards.always
    icon: str = "check"

    def allows(self, case, actor) -> bool:
        """Whether this actor may make this move on this case now."""
        return case.state in self.leaving and self.may(case, actor) and self.guard(case, actor)

    def may(self, case, actor) -> bool:
        return actor.role in self.who and guards.is_theirs(case, actor)
