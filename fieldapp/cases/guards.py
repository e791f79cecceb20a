"""What a move asks of the case and of the person, beside state and role."""

from datetime import timedelta

from fieldapp.cases import assistance, extension, joining, parties, supervision
from fieldapp.cases.levels import holds_level
from fieldapp.cases.outcome import PROMISES
from fieldapp.database import day_of, now, today
from fieldapp.people import mandates
from fieldapp.places.calendar import WorkingCalendar

RETURN_WITHIN = 7  # working days; product.md, life of a case
SILENCE = timedelta(days=7)
REOPEN_WITHIN = timedelta(days=30)
JUDGED = ("confirmed", "handed_over", "accepted", "answered", "settled")


def is_theirs(case, actor) -> bool:
    """Whether the actor holds their role towards this very case."""
    match actor.role:
        case "deputy":
            return case.deputy_id == actor.id
        case "clerk" | "chair":
            return case.township_id == actor.area_id
        case "unit":
            return actor.works_for(case.unit_id)
        case "county":
            return case.level == "county" and case.township.parent_id == actor.area_id
        case "resident" | "clock":
            return True
    return False


def is_party(case, actor) -> bool:
    """A conflict of interest: the actor works for a body that the case ever was with."""
    return actor.role != "unit" and parties.works_for_a_body(case, actor)


def owes_opinion(case, actor) -> bool:
    return assistance.owed_by(case, actor) is not None


def has_assisting(case, actor) -> bool:
    return holds_level(case, actor) and bool(assistance.present(case))


def may_supervise(case, actor) -> bool:
    return holds_level(case, actor) and supervision.open_of(case) is None


def owes_report(case, actor) -> bool:
    row = supervision.open_of(case)
    return row is not None and row.reported_at is None


def records_report(case, actor) -> bool:
    return holds_level(case, actor) and owes_report(case, actor)


def may_reply(case, actor) -> bool:
    row = supervision.open_of(case)
    return holds_level(case, actor) and row is not None and row.reported_at is not None


def calendar_moves_it(case, actor) -> bool:
    """Whether the due day no longer follows from its limit."""
    if case.limit_days is None or case.clock_from is None:
        return False
    return WorkingCalendar.of(case.township).after(case.clock_from, case.limit_days) != case.due


def may_ask_for_time(case, actor) -> bool:
    """Once at a time, and not after the due day."""
    return today() <= case.due and extension.open_of(case) is None


def may_refuse_time(case, actor) -> bool:
    return holds_level(case, actor) and extension.open_of(case) is not None


def may_grant_time(case, actor) -> bool:
    return may_refuse_time(case, actor) and today() <= extension.open_of(case).until


def looks_after_people(case, actor) -> bool:
    """The administrator of the township or its county, who reads no case."""
    return actor.role == "clock" or actor.area_id in (case.township_id, case.township.parent_id)


def mandate_has_ended(case, actor) -> bool:
    return case.deputy is not None and mandates.ended_for(case.deputy, case.township) is not None


def may_escalate(case, actor) -> bool:
    return case.level == "township"


def has_no_slip(case, actor) -> bool:
    return case.slip is None


def may_return(case, actor) -> bool:
    """Within 7 working days of the handover; after a second return the chair's
    choice of unit is final."""
    day = day_of(case.handed_over_at)
    if any(answer.unit_id == case.unit_id for answer in case.answers):
        return False
    return case.returns < 2 and case.reworks == 0 and WorkingCalendar.of(case.township).between(day, today()) <= RETURN_WITHIN


def promise_stands(case, actor) -> bool:
    return case.answer.letter in PROMISES and case.answer.unit_id is not None


def promise_is_due(case, actor) -> bool:
    return promise_stands(case, actor) and case.answer.promised <= today()


def answer_is_held(case, actor) -> bool:
    return not case.answer.is_visible


def answer_lacks_words(case, actor) -> bool:
    return any(case.answer.words(language) is None for language in ("zh", "ug", "en"))


def answered_it(case, actor) -> bool:
    """Whether the answer is the actor's own; one on paper is the unit's, whoever wrote it down."""
    return case.answer.author_id == actor.id and not case.answer.recorded


def may_inspect(case, actor) -> bool:
    return case.inspection_id is None and not answered_it(case, actor) and not is_party(case, actor)


def may_rework(case, actor) -> bool:
    if actor.role == "resident":
        return case.answer.is_visible and case.answer.letter == "A"
    return not is_party(case, actor) and not answered_it(case, actor)


def unit_may_rework(case, actor) -> bool:
    return case.answer.unit_id is not None and may_rework(case, actor)


def no_unit_may_rework(case, actor) -> bool:
    return case.answer.unit_id is None and may_rework(case, actor)


def resident_not_told(case, actor) -> bool:
    joint = case.joint
    return joint.state == "answered" and joint.answer.is_visible and joining.feedback_of(case) is None


def may_settle(case, actor) -> bool:
    """B and C wait until they are A or D; each resident, of the merged cases too,
    was told, and has spoken or been silent for seven days; a supervised case has
    its report and the reply to it."""
    if not holds_level(case, actor) or case.answer.letter in PROMISES or supervision.open_of(case):
        return False
    return all(_was_heard(one) for one in (case, *joining.members(case)))


def _was_heard(case) -> bool:
    told = joining.feedback_of(case)
    return told is not None and (case.joint.answer.verdict_of(case.id) is not None or told.at + SILENCE <= now())


def judged_answer(case):
    """The answer a verdict speaks of: the present one, else the last that was sent back."""
    joint = case.joint
    return joint.answer or (joint.answers[-1] if joint.answers else None)


def may_judge(case, actor) -> bool:
    answer = judged_answer(case)
    if answer is None or not answer.is_visible or case.joint.state not in JUDGED:
        return False
    said = answer.verdict_of(case.id)
    return said is None or said.at + REOPEN_WITHIN >= now()


def has_verdict(case, actor) -> bool:
    answer = judged_answer(case)
    return answer is not None and answer.verdict_of(case.id) is not None and may_judge(case, actor)


def may_reopen(case, actor) -> bool:
    return case.ended_at + REOPEN_WITHIN >= now()


def unit_may_reopen(case, actor) -> bool:
    return case.unit_id is not None and may_reopen(case, actor)


def no_unit_may_reopen(case, actor) -> bool:
    return case.unit_id is None and may_reopen(case, actor)


def may_open_contact(case, actor) -> bool:
    """By those who handle the case; a unit only with consent, nobody who is a
    party, and the chair alone where the resident chose so (promises 2 to 4)."""
    contact = case.contact
    if contact is None or is_party(case, actor):
        return False
    if contact.chair_only:
        return actor.role == "chair"
    return contact.share_with_unit if actor.role == "unit" else True
