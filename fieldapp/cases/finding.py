"""By what lists find cases: an index for each way of asking, as small as what it holds.

Where cases of a kind are few among many, an index holds them alone; SQL that
asks for them says so in the same words (``piles``, ``listing``).
"""

from sqlalchemy import Index, and_

from fieldapp.cases.case import OPEN, Case
from fieldapp.cases.clocks import RUNNING, UNHANDLED
from fieldapp.cases.extension import Extension
from fieldapp.cases.lookback import Lookback
from fieldapp.cases.outcome import Answer, Verdict
from fieldapp.cases.supervision import Supervision


def _only(where, name: str, *columns) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


is_open, runs, with_a_unit = Case.state.in_(OPEN), Case.state.in_(RUNNING), Case.unit_id.is_not(None)
is_answered, for_good, at_county = Case.state == "answered", Case.promised.is_(None), Case.level == "county"
due_first = (Case.due, Case.id.desc())
of_a_state = (Case.township_id, Case.state, *due_first)

# What waits, in the order of the desk.
_only(is_open, "ix_case_open", Case.township_id, *due_first)
_only(Case.state.in_(UNHANDLED), "ix_case_unhandled", Case.township_id, *due_first)
_only(runs, "ix_case_running", Case.township_id, *due_first)
_only(and_(is_answered, for_good, Case.inspection_id.is_(None)), "ix_case_to_inspect", *of_a_state)
_only(and_(is_answered, Case.feedback_id.is_(None)), "ix_case_to_tell", *of_a_state)
_only(and_(is_answered, for_good, Case.feedback_id.is_not(None)), "ix_case_to_strike_off", *of_a_state)
_only(and_(with_a_unit, is_open), "ix_case_unit_open", Case.unit_id, *due_first, Case.state)
_only(with_a_unit, "ix_case_of_unit", Case.unit_id, Case.id)

# The lights, in the order of the ledger, also of one village. That a case has not
# ended follows from its state; said twice, it makes this the nearest index.
_only(runs, "ix_case_light", Case.township_id, Case.ended_at, Case.id, Case.village_id, Case.due, Case.amber)
_only(is_open, "ix_case_resident_due", Case.township_id, Case.ended_at, Case.id, Case.resident_due)

# The filters of the ledger.
Index("ix_case_category", Case.township_id, Case.category_id, Case.id)
_only(with_a_unit, "ix_case_township_unit", Case.township_id, Case.unit_id, Case.id)

# What is rare. A state that stands in the index is looked up there first.
_only(and_(Case.state == "confirmed", Case.returns > 0), "ix_case_returned", Case.township_id, Case.state)
_only(Case.proposed_id.is_not(None), "ix_case_proposed", Case.township_id, Case.state)
_only(and_(is_open, Case.supervised > 0), "ix_case_supervised", Case.township_id, Case.state)
_only(and_(is_answered, Case.promised.is_not(None)), "ix_case_promised", Case.state, Case.promised)
_only(Case.state == "merged", "ix_case_merged", Case.township_id, Case.state, Case.joined_id)
_only(at_county, "ix_case_county", Case.township_id, Case.state, Case.id)
_only(at_county, "ix_case_county_due", Case.state, *due_first)
_only(at_county, "ix_case_county_id", Case.id)
_only(Supervision.replied_at.is_(None), "ix_supervision_open", Supervision.case_id)
_only(Extension.granted.is_(None), "ix_extension_undecided", Extension.case_id)
_only(Lookback.result.is_(None), "ix_lookback_pending", Lookback.due, Lookback.case_id)
_only(Verdict.solved.is_(False), "ix_verdict_not_solved", Verdict.answer_id)
Index("ix_answer_visible_at", Answer.visible_at, Answer.case_id)
