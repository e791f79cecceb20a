"""The piles of the desk: cases that wait for the same next act.

All are counted whenever somebody looks at the desk. What is rare is looked up
in its own small table, or has an index of its own, so that a pile costs what
lies on it, however many cases there are.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select

from fieldapp.cases import extension, joining, lookback, promises
from fieldapp.cases.assistance import DURING
from fieldapp.cases.case import OPEN, Case
from fieldapp.cases.clocks import UNHANDLED
from fieldapp.cases.listing import late, late_for_resident, running
from fieldapp.cases.merging import MERGEABLE
from fieldapp.cases.outcome import Answer, Verdict
from fieldapp.cases.reader import IN_A_WEEK, IN_THREE_DAYS, NOW, TODAY
from fieldapp.cases.supervision import Supervision

DESKS = ("clerk", "chair", "unit", "county")


def due_first():
    """As an index has them."""
    return (Case.due.asc().nulls_last(), Case.id.desc())


def few_due_first():
    """The same, put in order after they were found."""
    return (Case.due.is_(None), Case.due, Case.id.desc())


@dataclass(frozen=True, eq=False)
class Pile:
    """``parts``: conditions (``listing``) of which a case fits one; how its rows are put in ``order``."""

    name: str
    words: str
    who: tuple[str, ...]
    parts: tuple[Callable, ...]
    kind: str | None = None
    order: Callable = due_first


def _where(condition: Callable):
    """The same for every reader."""
    return lambda _reader: condition()


def _present(*conditions):
    """The present answer of the case is such."""
    return select(Answer.id).where(Answer.id == Case.answer_id, *conditions).exists()


def _supervised(*conditions):
    return Case.id.in_(select(Supervision.case_id).where(Supervision.replied_at.is_(None), *conditions))


def _soon(reader):
    return and_(running(reader), Case.due.between(TODAY, IN_THREE_DAYS))


def _lookback(reader):
    return lookback.on_list(reader, TODAY, IN_A_WEEK)


answered = Case.state == "answered"
# Without a promise that comes back.
for_good = Case.promised.is_(None)
is_open = _where(lambda: Case.state.in_(OPEN))
fresh = Answer.visible_at > NOW
_later = Verdict.__table__.alias()
said_since = select(_later.c.id).where(_later.c.case_id == Verdict.case_id, _later.c.id > Verdict.id).exists()
said_no = select(Answer.case_id).join(Verdict, Verdict.answer_id == Answer.id).where(Verdict.solved.is_(False), ~said_since)
new = _where(lambda: and_(Case.state.in_(UNHANDLED), Case.returns == 0))
returned = _where(lambda: and_(Case.state == "confirmed", Case.returns > 0))
proposed = _where(lambda: and_(Case.state.in_(MERGEABLE), Case.proposed_id.is_not(None)))
report = _where(lambda: and_(Case.state.in_(DURING), _supervised(Supervision.reported_at.is_(None))))
reply = _where(lambda: and_(Case.state.in_(DURING), _supervised(Supervision.reported_at.is_not(None))))
supervised = _where(lambda: and_(Case.state.in_(OPEN), Case.supervised > 0))
release = _where(lambda: and_(answered, Case.id.in_(select(Answer.case_id).where(fresh)), _present(fresh)))
inspect = _where(lambda: and_(answered, for_good, Case.inspection_id.is_(None)))
told_by_none = _where(lambda: and_(answered, Case.feedback_id.is_(None), _present(Answer.visible_at <= NOW)))
joined_and_told_by_none = _where(lambda: and_(Case.state == "merged", joining.awaits_telling(NOW)))
unsolved = _where(lambda: and_(Case.state.in_(OPEN), Case.id.in_(said_no)))
strike = _where(lambda: and_(answered, for_good, Case.feedback_id.is_not(None)))

PILES = (
    Pile("new", _l("new"), ("clerk", "chair", "county"), (new,)),
    Pile("returned", _l("returned"), ("clerk", "chair", "county"), (returned,), "amber", order=few_due_first),
    Pile("proposed", _l("to merge, perhaps"), ("chair", "county"), (proposed,), "amber", order=few_due_first),
    Pile("report", _l("reports to give"), ("unit",), (report,), "red", order=few_due_first),
    Pile("reply", _l("reports to reply to"), ("chair", "county"), (reply,), "amber", order=few_due_first),
    Pile("supervised", _l("supervised"), ("clerk", "chair", "county"), (supervised,), order=few_due_first),
    Pile("accept", _l("to accept"), ("unit",), (_where(lambda: Case.state == "handed_over"),)),
    Pile("assist", _l("opinions to give"), ("unit",), ()),
    Pile("handle", _l("being handled"), ("unit",), (_where(lambda: Case.state == "accepted"),)),
    Pile("late", _l("late"), DESKS, (late,), "red"),
    Pile("soon", _l("due in 3 days"), DESKS, (_soon,), "amber"),
    Pile("time", _l("units that ask for time"), ("chair", "county"), (_where(lambda: extension.asked()),), "amber", order=few_due_first),
    Pile("waiting", _l("late for the resident"), ("clerk", "chair", "county"), (late_for_resident,), "red"),
    Pile("release", _l("answers to let through"), ("clerk", "chair"), (release,), order=few_due_first),
    Pile("inspect", _l("to inspect"), ("chair", "county"), (inspect,)),
    Pile("tell", _l("residents to tell"), ("clerk", "chair"), (told_by_none, joined_and_told_by_none)),
    Pile("unsolved", _l("“not solved”"), ("clerk", "chair", "county"), (unsolved,), "red", order=few_due_first),
    Pile("strike", _l("to strike off"), ("chair", "county"), (strike,)),
    Pile(
        "promise",
        _l("promises due in 7 days"),
        ("unit", "chair", "county"),
        (_where(lambda: promises.standing(IN_A_WEEK)),),
        "amber",
        order=few_due_first,
    ),
    Pile("lookback", _l("look-backs"), ("clerk", "chair"), (_lookback,), order=few_due_first),
    Pile(
        "county",
        _l("with the county"),
        ("clerk", "chair"),
        (_where(lambda: and_(Case.state.in_(OPEN), Case.level == "county")),),
        order=few_due_first,
    ),
)
ALL_OPEN = Pile("open", _l("All that is open"), DESKS, (is_open,))
NOTHING = Pile("", _l("All that is open"), DESKS, ())

# What waits for whoever presides at the level of the case.
FOR_THE_LEVEL = ("new", "returned", "strike", "reply")


def at_township(_reader):
    return Case.level == "township"
