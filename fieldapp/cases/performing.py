"""Making a move: the one door through which a case changes."""

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from fieldapp import journal
from fieldapp.cases import search
from fieldapp.cases.acts import ACTS
from fieldapp.cases.moves import open_move, open_moves
from fieldapp.database import db, now


class Refused(Exception):
    """The move was not made; ``sentence`` says what is possible now."""

    def __init__(self, case, sentence: str):
        super().__init__(sentence)
        self.case, self.sentence = case, sentence


class OutOfTurn(Refused):
    """The table does not allow this move on this case now."""


class Stale(Refused):
    """Somebody else changed the case since the form was shown."""


def perform(case, name: str, actor, given: dict | None = None, *, version: int | None = None, once: str | None = None):
    """Makes one move in one transaction and returns its timeline entry.

    A form that was sent twice finds its own entry by ``once`` and changes
    nothing. Raises OutOfTurn or Stale, with nothing changed.
    """
    if earlier := journal.done_already(once):
        return earlier
    if version is not None and version != case.version:
        raise Stale(case, changed_meanwhile(case, actor))
    try:
        entry = make(case, name, actor, given or {}, once=once)
        db.session.commit()
        return entry
    except (StaleDataError, IntegrityError) as error:
        db.session.rollback()
        if earlier := journal.done_already(once):
            return earlier
        if isinstance(error, StaleDataError):
            db.session.refresh(case)
            raise Stale(case, changed_meanwhile(case, actor)) from error
        raise


def make(case, name: str, actor, given: dict, *, once: str | None = None, at=None):
    """Sets the facts, the state and the timeline entry; the caller commits."""
    with db.session.no_autoflush:
        move = open_move(case, actor, name)
        if move is None:
            raise OutOfTurn(case, out_of_turn(case, actor))
        before = case.state
        kept = ACTS[name](case, actor, given)
        case.state = move.reaching or case.state
        if "summary" in move.facts:
            search.index(case)
        if actor.role in ("chair", "county") and case.seen_at is None:
            case.seen_at = now()
        return enter(case, move, actor, kept, before=before, once=once, at=at)


def enter(case, move, actor, kept: dict, *, before, once=None, at=None):
    entry = journal.record(
        case.thing,
        move.name,
        actor,
        head=case.head,
        before=before,
        after=case.state,
        shown=move.told is not None,
        once=once,
        at=at,
        **kept,
    )
    case.head = entry.hash
    return entry


def out_of_turn(case, actor) -> str:
    possible = [str(move.label) for move in open_moves(case, actor)]
    if not possible:
        return _("This is not possible now: the case is “%(state)s”. Nothing was changed.", state=case.state_name)
    return _(
        "This is not possible now: the case is “%(state)s”. Nothing was changed. You can: %(moves)s.",
        state=case.state_name,
        moves=" · ".join(possible),
    )


def changed_meanwhile(case, actor) -> str:
    entries = journal.of(case.thing)
    if not entries or entries[-1].actor is None:
        return _("The case was changed while you were writing. What you typed is kept below; look at the case, then send it again.")
    return _(
        "%(who)s changed the case while you were writing. What you typed is kept below; look at the case, then send it again.",
        who=entries[-1].actor.name,
    )
