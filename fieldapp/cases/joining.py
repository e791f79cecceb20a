"""Alike matters handled together: who is answered by which answer, and who was told."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from fieldapp.cases.case import Case
from fieldapp.cases.outcome import Answer, Feedback
from fieldapp.database import db


def members(case) -> list[Case]:
    """The cases that were merged into this one."""
    return list(db.session.scalars(_of(case).order_by(Case.id)))


def members_for(case, person) -> list[Case]:
    """Those of them that exist for this person."""
    return list(db.session.scalars(_of(case).where(Case.reach(person)).order_by(Case.id)))


def supporters(case) -> int:
    """How many residents raised this matter, each with a slip of their own."""
    joint = case.joint
    # A case that was only read knows already.
    others = vars(joint)["others"] if "others" in vars(joint) else db.session.scalar(select(others_of(joint.id)))
    return 1 + (others or 0)


def others_of(case_id):
    """How many cases have joined the case of this id, in SQL."""
    member = aliased(Case)
    return select(func.count(member.id)).where(member.joined_id == case_id, member.state == "merged").scalar_subquery()


def stands_alone(case) -> bool:
    return db.session.scalar(_of(case).limit(1)) is None


def feedback_of(case) -> Feedback | None:
    """How this case's resident was told the present answer, which may be a joint one."""
    if case.state != "merged":
        return case.feedback
    told = select(Feedback).where(Feedback.case_id == case.id, Feedback.answer_id == case.joint.answer_id)
    return db.session.scalar(told.order_by(Feedback.id.desc()).limit(1))


def awaits_telling(moment):
    """The SQL condition: the joint answer can be read, and this case's resident was not told."""
    joint = aliased(Case)
    told = select(Feedback.id).where(Feedback.case_id == Case.id, Feedback.answer_id == joint.answer_id).correlate(Case, joint)
    answered = select(joint.id).join(Answer, Answer.id == joint.answer_id)
    return answered.where(joint.id == Case.joined_id, joint.state == "answered", Answer.visible_at <= moment, ~told.exists()).exists()


def _of(case):
    return select(Case).where(Case.joined_id == case.id, Case.state == "merged")
