"""The desk: what waits for this person, in piles."""

from dataclasses import dataclass
from datetime import timedelta

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import and_, false, or_, select

from fieldapp import answers
from fieldapp.access import only
from fieldapp.cases import accountable, assisting_desk, extension, joining, listing, lookback, promises, returning, supervision
from fieldapp.cases.assistance import DURING
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import OPEN, Case
from fieldapp.cases.levels import county_works
from fieldapp.cases.merging import MERGEABLE
from fieldapp.cases.outcome import PROMISES, Answer, Verdict
from fieldapp.cases.supervision import Supervision
from fieldapp.database import now, today

DESKS = ("clerk", "chair", "unit", "county")


@dataclass(frozen=True)
class Pile:
    """Cases that wait for the same next act."""

    name: str
    words: str
    who: tuple[str, ...]
    kind: str | None = None


PILES = (
    Pile("new", _l("new"), ("clerk", "chair", "county")),
    Pile("returned", _l("returned"), ("clerk", "chair", "county"), "amber"),
    Pile("proposed", _l("to merge, perhaps"), ("chair", "county"), "amber"),
    Pile("report", _l("reports to give"), ("unit",), "red"),
    Pile("reply", _l("reports to reply to"), ("chair", "county"), "amber"),
    Pile("supervised", _l("supervised"), ("clerk", "chair", "county")),
    Pile("accept", _l("to accept"), ("unit",)),
    Pile("assist", _l("opinions to give"), ("unit",)),
    Pile("handle", _l("being handled"), ("unit",)),
    Pile("late", _l("late"), DESKS, "red"),
    Pile("soon", _l("due in 3 days"), DESKS, "amber"),
    Pile("time", _l("units that ask for time"), ("chair", "county"), "amber"),
    Pile("waiting", _l("late for the resident"), ("clerk", "chair", "county"), "red"),
    Pile("release", _l("answers to let through"), ("clerk", "chair")),
    Pile("inspect", _l("to inspect"), ("chair", "county")),
    Pile("tell", _l("residents to tell"), ("clerk", "chair")),
    Pile("unsolved", _l("“not solved”"), ("clerk", "chair", "county"), "red"),
    Pile("strike", _l("to strike off"), ("chair", "county")),
    Pile("promise", _l("promises due in 7 days"), ("unit", "chair", "county"), "amber"),
    Pile("lookback", _l("look-backs"), ("clerk", "chair")),
    Pile("county", _l("with the county"), ("clerk", "chair")),
)


# What waits for whoever presides at the level of the case.
FOR_THE_LEVEL = ("new", "returned", "strike", "reply")


def condition(pile: str):
    """The SQL condition of a pile."""
    answered = Case.state == "answered"
    present = select(Answer.id).where(Answer.id == Case.answer_id)
    said_no = select(Verdict.id).join(Answer).where(Answer.case_id == Case.id, Verdict.solved.is_(False))
    return {
        "new": and_(Case.state.in_(("logged", "confirmed")), Case.returns == 0),
        "returned": and_(Case.state == "confirmed", Case.returns > 0),
        "accept": Case.state == "handed_over",
        "handle": Case.state == "accepted",
        "late": listing.lights("red"),
        "soon": and_(Case.state.in_(listing.CLOCK), Case.due.between(today(), today() + timedelta(days=3))),
        "time": extension.asked(),
        "waiting": listing.lights("resident"),
        "release": and_(answered, present.where(Answer.visible_at > now()).exists()),
        "inspect": and_(answered, Case.inspection_id.is_(None), present.where(Answer.letter.not_in(PROMISES)).exists()),
        "proposed": and_(Case.state.in_(MERGEABLE), Case.proposed_id.is_not(None)),
        "tell": or_(
            and_(answered, Case.feedback_id.is_(None), present.where(Answer.visible_at <= now()).exists()),
            and_(Case.state == "merged", joining.awaits_telling()),
        ),
        "unsolved": and_(Case.state.in_(OPEN), said_no.exists()),
        "strike": and_(answered, Case.feedback_id.is_not(None), present.where(Answer.letter.not_in(PROMISES)).exists()),
        "report": and_(Case.state.in_(DURING), supervision.owing(Case, Supervision.reported_at.is_(None))),
        "reply": and_(Case.state.in_(DURING), supervision.owing(Case, Supervision.reported_at.is_not(None))),
        "supervised": and_(Case.state.in_(OPEN), Case.supervised > 0),
        "county": and_(Case.state.in_(OPEN), Case.level == "county"),
        "promise": promises.standing(today() + timedelta(days=7)),
        "lookback": lookback.on_list(current_user),
        "open": Case.state.in_(OPEN),
    }.get(pile, false())


def _answerable(rows):
    """The rows with whoever is accountable for each, where a unit has it."""
    names = accountable.names([row.id for row in rows if row.unit and row.state in accountable.WITH_A_UNIT and not row.assisting])
    return [row._replace(accountable=names.get(row.id, "")) for row in rows]


def _mine(pile: str):
    """The condition as it is meant for the person signed in: an officer's piles
    are of the cases the unit leads, apart from those it assists with; what is
    with the county waits for the county, where somebody sits there."""
    if current_user.role == "unit":
        return assisting_desk.condition(pile, condition(pile), current_user)
    if current_user.role in ("clerk", "chair") and pile in FOR_THE_LEVEL and county_works(current_user.area.parent_id):
        return and_(condition(pile), Case.level == "township")
    return condition(pile)


@cases.get("/desk")
@only(*DESKS)
def desk():
    pile = request.args.get("pile", "open")
    order = (Case.due.is_(None), Case.due, Case.id.desc())
    found = listing.rows(current_user, _mine(pile), order=order)
    if pile == "returned":
        wishes = returning.wishes([row.id for row in found])
        found = [row._replace(wished=wishes.get(row.id)) for row in found]
    found = _answerable(found)
    piles = [(row, listing.count(current_user, _mine(row.name))) for row in PILES if current_user.role in row.who]
    return answers.answer(
        "cases/desk.html",
        "cases/_desk.html",
        rows=found,
        pile=pile,
        piles=piles,
        counted=listing.counted,
        title=next((row.words for row in PILES if row.name == pile), _("All that is open")),
        many=current_user.role == "chair",
        here=url_for("cases.desk", pile=pile),
    )
