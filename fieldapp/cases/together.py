"""What a case's page says of the cases handled together with it, as far as its reader may look."""

from dataclasses import dataclass

from sqlalchemy import exists

from fieldapp.cases import alike, joining
from fieldapp.cases.case import Case
from fieldapp.cases.move import Move
from fieldapp.database import db


@dataclass(frozen=True)
class Member:
    """A case that was merged into this one."""

    number: str
    title: str
    told: bool


@dataclass(frozen=True)
class Together:
    """``joined``: the number of the case that speaks for this one, "" where it
    speaks for itself. ``move``: how this reader may merge it with one of ``alike``."""

    joined: str
    joined_is_theirs: bool
    joined_state: str
    joined_state_name: str
    told: bool
    supporters: int
    members: list[Member]
    elsewhere: int
    move: Move | None
    decides: bool
    alike: list


def of(case: Case, person, open_now: list[Move]) -> Together:
    merged = case.state == "merged"
    members = [] if merged else joining.members_for(case, person)
    supporters = joining.supporters(case)
    move = next((move for move in open_now if move.name in ("merge", "merge_proposal")), None)
    return Together(
        joined=case.joined.number if merged else "",
        joined_state=case.joint.state,
        joined_state_name=str(case.joint.state_name),
        joined_is_theirs=merged and _reaches(person, case.joined_id),
        told=merged and joining.feedback_of(case) is not None,
        supporters=supporters,
        members=[Member(one.number, one.summary or one.narrative[:80], joining.feedback_of(one) is not None) for one in members],
        elsewhere=0 if merged else supporters - 1 - len(members),
        move=move,
        decides=move is not None and move.name == "merge",
        alike=alike.to(case, person) if move else [],
    )


def _reaches(person, case_id: int) -> bool:
    return bool(db.session.scalar(db.select(exists().where(Case.id == case_id, Case.reach(person)))))
