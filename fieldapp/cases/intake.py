"""How a case comes in: numbers, the first entry, a slip."""

import os
import time
import uuid

from sqlalchemy.orm.attributes import set_committed_value

from fieldapp.cases import search
from fieldapp.cases.acts import ACTS
from fieldapp.cases.acts.clock import start_residents
from fieldapp.cases.case import Case
from fieldapp.cases.moves import rows
from fieldapp.cases.performing import enter, make
from fieldapp.database import db, now, today
from fieldapp.rows import insert_alone, made, take_in
from fieldapp.series import next_in
from fieldapp.slips.giving import give


def next_number() -> str:
    """``2026-0142``: unique in the whole database."""
    year = str(today().year)
    return f"{year}-{next_in(year):04d}"


def new_key() -> str:
    """A UUIDv7 (RFC 9562): milliseconds since 1970, then chance."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    return str(uuid.UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62))


def log(actor, *, once: str | None = None, slip=None, at=None, handed_to: dict | None = None, **fields) -> Case:
    """Puts a matter on record; the caller commits.

    ``fields`` are Case columns. A deputy's own case is confirmed by saving;
    ``handed_to`` (unit, due, summary) carries a paper case over mid-life.
    """
    case = made(Case, **{"author_id": actor.id, "logged_at": at or now(), "state": "logged", **fields})
    case.key = fields.get("key") or new_key()
    set_committed_value(case, "photos", [])
    residents = start_residents(case)
    # From here on everybody else who writes waits.
    case.number = next_number()
    insert_alone(case)
    search.index(case)
    kept = {"facts": {"source": case.source, "deputy": case.deputy_id, "serial": slip.serial if slip else None, **residents}}
    if handed_to:
        take_in(case)
        with db.session.no_autoflush:
            kept["facts"] |= ACTS["carry_over"](case, actor, handed_to)["facts"]
            case.state = "handed_over"
            enter(case, rows("carry_over")[0], actor, kept, before=None, once=once, at=at)
    else:
        enter(case, rows("log")[0], actor, kept, before=None, once=once, at=at)
        if actor.role == "deputy":
            make(case, "confirm", actor, {}, at=at)
        take_in(case, "state", "head")
    if slip is not None:
        give(slip, case)
    return case
