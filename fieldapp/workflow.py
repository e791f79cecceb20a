"""A workflow: what may happen next to a thing, and the one door through which it changes.

A thing has ``state``, ``head`` (its timeline's last hash), ``thing`` (its name
in the timeline), ``state_name``, and ``mark(actor)``, which changes with what
this actor sees of it: a form carries the mark that it was drawn from.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from fieldapp import journal
from fieldapp.database import db


def always(thing, actor) -> bool:
    return True


@dataclass(frozen=True)
class Clock:
    """Who acts when a day has come and nobody has to decide anything."""

    id = None
    role = "clock"


@dataclass(frozen=True)
class Move:
    """One row. ``reaching`` None keeps the state; ``told`` is the sentence for
    those outside the house, None where they do not see the entry; what is
    ``rare`` stands folded away behind the usual."""

    name: str
    leaving: tuple[str, ...]
    reaching: str | None
    who: tuple[str, ...]
    facts: tuple[str, ...]
    label: str
    sentence: str
    told: str | None = None
    guard: Callable = always
    icon: str = "check"
    rare: bool = False

    def allows(self, thing, actor) -> bool:
        """Whether this actor may make this move on this thing now."""
        return thing.state in self.leaving and self.may(thing, actor) and self.guard(thing, actor)

    def may(self, thing, actor) -> bool:
        return actor.role in self.who


@dataclass(frozen=True)
class Table:
    """The rows of one thing: they draw its buttons and enforce its rules."""

    moves: tuple

    def rows(self, name: str) -> list:
        return [move for move in self.moves if move.name == name]

    def open_moves(self, thing, actor) -> list:
        """The moves this actor may make now, in the table's order, each name once."""
        found: dict = {}
        for move in self._leaving.get((thing.state, actor.role), ()):
            if move.name not in found and move.allows(thing, actor):
                found[move.name] = move
        return list(found.values())

    @cached_property
    def _leaving(self) -> dict[tuple[str, str], list]:
        """The moves out of a state by somebody of a role, those of one name together."""
        order = list(dict.fromkeys(move.name for move in self.moves))
        leaving: dict = {}
        for move in sorted(self.moves, key=lambda move: order.index(move.name)):
            for place in product(move.leaving, move.who):
                leaving.setdefault(place, []).append(move)
        return leaving

    def open_move(self, thing, actor, name: str):
        return next((move for move in self.rows(name) if move.allows(thing, actor)), None)

    def as_records(self) -> Iterator[dict]:
        """The rows as ``flask moves --json`` prints them; an act that keeps the
        state is a row for each state it keeps."""
        for move in self.moves:
            kept = [(move.leaving, move.reaching)] if move.reaching else [((state,), state) for state in move.leaving]
            for leaving, reaching in kept:
                yield {"name": move.name, "leaving": list(leaving), "reaching": reaching, "who": list(move.who), "facts": list(move.facts)}

    def row_of(self, entry):
        """The row that a timeline's entry was written by."""
        named = self.rows(entry.act)
        fitting = [move for move in named if move.reaching in (entry.after, None) and entry.role in move.who]
        return (fitting or named)[0]


class Refused(Exception):
    """The move was not made; ``sentence`` says what is possible now."""

    def __init__(self, thing, sentence: str):
        super().__init__(sentence)
        self.thing, self.sentence = thing, sentence


class OutOfTurn(Refused):
    """The table does not allow this move on this thing now."""


class Stale(Refused):
    """Somebody else changed the thing since the form was shown."""


class Workflow:
    """``acts``: a function for each move's name, which takes the thing, the actor
    and the facts given, and returns what the timeline keeps (``note``, ``facts``),
    and ``then``, where more follows by itself: things, moves and facts given.
    ``made`` is called after each move, before it is committed."""

    def __init__(self, table: Table, acts: dict[str, Callable], made: Callable = lambda thing, move, actor: None):
        self.table, self.acts, self.made = table, acts, made

    def perform(self, thing, name: str, actor, given: dict | None = None, *, version: str | int | None = None, once: str | None = None):
        """Makes one move in one transaction and returns its timeline entry.

        ``version``: the mark of the thing as the actor saw it. A form that was
        sent twice finds its own entry by ``once`` and changes nothing. Raises
        OutOfTurn or Stale, with nothing changed.
        """
        if earlier := journal.done_already(once):
            return earlier
        if not _is_as_seen(thing, actor, version):
            raise Stale(thing, changed_meanwhile(thing, actor))
        try:
            entry = self.make(thing, name, actor, given or {}, once=once)
            db.session.commit()
            return entry
        except (StaleDataError, IntegrityError) as error:
            db.session.rollback()
            if earlier := journal.done_already(once):
                return earlier
            if isinstance(error, StaleDataError):
                db.session.refresh(thing)
                # Whoever sees no change shall not hear of one: it is made again (again.py).
                if version is None or not _is_as_seen(thing, actor, version):
                    raise Stale(thing, changed_meanwhile(thing, actor)) from error
            raise

    def make(self, thing, name: str, actor, given: dict, *, once: str | None = None, at=None):
        """Sets the facts, the state and the timeline entry; the caller commits."""
        with db.session.no_autoflush:
            move = self.table.open_move(thing, actor, name)
            if move is None:
                raise OutOfTurn(thing, self.out_of_turn(thing, actor))
            before = thing.state
            kept = self.acts[name](thing, actor, given)
            thing.state = move.reaching or thing.state
            self.made(thing, move, actor)
            then = kept.pop("then", ())
            entry = enter(thing, move, actor, kept, before=before, once=once, at=at)
            for other, follows, facts in then:
                self.make(other, follows, Clock(), facts)
            return entry

    def out_of_turn(self, thing, actor) -> str:
        possible = [str(move.label) for move in self.table.open_moves(thing, actor)]
        if not possible:
            return _("This is not possible now: it stands at “%(state)s”. Nothing was changed.", state=thing.state_name)
        return _(
            "This is not possible now: it stands at “%(state)s”. Nothing was changed. You can: %(moves)s.",
            state=thing.state_name,
            moves=" · ".join(possible),
        )


def enter(thing, move, actor, kept: dict, *, before, once=None, at=None):
    """The entry of a move in the thing's timeline."""
    entry = journal.record(
        thing.thing,
        move.name,
        actor,
        head=thing.head,
        before=before,
        after=thing.state,
        shown=move.told is not None,
        once=once,
        at=at,
        **kept,
    )
    thing.head = entry.hash
    return entry


def _is_as_seen(thing, actor, version: str | int | None) -> bool:
    return version is None or str(version) == thing.mark(actor)


def changed_meanwhile(thing, actor) -> str:
    """A unit does not see every entry, and so is not told whose was the last."""
    entries = journal.of(thing.thing)
    if actor.role == "unit" or not entries or entries[-1].actor is None:
        return _("This was changed while you were writing. What you typed is kept below; look at it as it is now, then send it again.")
    return _(
        "%(who)s changed this while you were writing. What you typed is kept below; look at it as it is now, then send it again.",
        who=entries[-1].actor.name,
    )
