"""What merging asks of two cases, and when it can be undone."""

from flask_babel import gettext as _
from sqlalchemy import select

from fieldapp import journal, language
from fieldapp.cases import guards, joining
from fieldapp.cases.case import Case
from fieldapp.database import db

# From an answer on a case stands by itself: its resident is being told.
MERGEABLE = ("logged", "confirmed", "handed_over", "accepted")


def may_propose(case, actor) -> bool:
    return joining.stands_alone(case)


def may_merge(case, actor) -> bool:
    """Whom others have joined, joins nobody: there are no chains."""
    return guards.holds_level(case, actor) and joining.stands_alone(case)


def is_proposed(case, actor) -> bool:
    return guards.holds_level(case, actor) and case.proposed_id is not None


def came_from(state: str):
    """Whether the case was in this state when it was merged, and whoever merged it may still undo that."""

    def guard(case, actor) -> bool:
        merge = last_merge(case)
        if merge is None or merge.before != state:
            return False
        if actor.role == "clock":
            return case.joined.state == "withdrawn"
        return actor.role == merge.role and (case.joined.is_open or guards.may_reopen(case.joined, actor))

    return guard


def last_merge(case) -> journal.Entry | None:
    own = select(journal.Entry).where(journal.Entry.thing == case.thing, journal.Entry.act == "merge")
    return db.session.scalar(own.order_by(journal.Entry.id.desc()).limit(1))


def may_reopen_apart(case, actor) -> bool:
    """Within 30 days of the joint end a resident goes on alone."""
    return case.joined.state == "settled" and guards.may_reopen(case.joined, actor)


def joint_is_open(case, actor) -> bool:
    return case.joined.is_open


def target(actor, number: str) -> Case | None:
    """The case with this number, where it exists for this person."""
    return db.session.scalar(Case.reachable_by(actor).where(Case.number == number))


def why_not(case, joined: Case | None) -> str | None:
    """A sentence where the one case cannot join the other."""
    if joined is None:
        return _("There is no case with this number among yours. Please compare it once more.")
    if joined.id == case.id:
        return _("This is the case itself. Please give the number of the other one.")
    if joined.state == "merged":
        return _("This case has itself joined %(number)s. Please choose that one.", number=language.apart(joined.joined.number))
    if not joined.is_open:
        return _("This case has ended (“%(state)s”). Only an open case can be joined.", state=joined.state_name)
    return None


def lock(case, joined: Case) -> None:
    """Both rows, in one order for all, until the transaction ends; the other one as it is now."""
    db.session.flush()
    both = select(Case.id).where(Case.id.in_((case.id, joined.id))).order_by(Case.id)
    db.session.execute(both.with_for_update())
    db.session.refresh(joined)
