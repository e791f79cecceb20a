"""The timeline: append-only, chained, one entry for every act.

Entries of one thing (``case:12``, ``person:3``) form a chain: each carries an
HMAC-SHA256 over its own words and its predecessor's, under a key kept outside
the database. Nothing secret is written here.
"""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import DDL, JSON, ForeignKey, Index, String, Text, event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db, now
from fieldapp.keys import KeyTrouble
from fieldapp.rows import made, put


class Entry(db.Model):
    """One act: who (in which role), when, on what, with which note and facts.

    ``facts`` hold what a replay needs (unit, due date, class); ``shown`` says
    whether the resident sees the entry; ``once`` is the form's key, so that a
    re-sent form finds its own entry.
    """

    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_thing", "thing", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    thing: Mapped[str] = mapped_column(String(60))
    act: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UTCTime)
    note: Mapped[str] = mapped_column(Text, default="")
    shown: Mapped[bool] = mapped_column(default=False)
    before: Mapped[str | None] = mapped_column(String(20))
    after: Mapped[str | None] = mapped_column(String(20))
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    once: Mapped[str | None] = mapped_column(String(64), unique=True)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    actor = relationship("Person")

    def seal(self) -> str:
        """The HMAC this entry must carry, in hexadecimal."""
        return sealed({name: getattr(self, name) for name in SEALED})


SEALED = ("thing", "act", "actor_id", "role", "at", "note", "shown", "before", "after", "facts", "once", "previous")
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def sealed(words: Mapping) -> str:
    """The HMAC of an entry's words by name, in hexadecimal."""
    message = _as_json(_sealed_words(words))
    return hmac.digest(current_app.config["KEYS"].derive("journal"), message.encode(), "sha256").hex()


def _sealed_words(words: Mapping) -> list:
    return [words[name].astimezone(UTC).isoformat() if name == "at" else words[name] for name in SEALED]


def sealing(words: Mapping) -> Callable[[str, str], str]:
    """What seals entries with these words, given a plain thing and the hash
    before it: for those who write very many alike."""
    key, between = current_app.config["KEYS"].derive("journal"), _as_json(_sealed_words(words)[1:-1])[1:-1]
    return lambda thing, previous: hmac.digest(key, f'["{thing}",{between},"{previous}"]'.encode(), "sha256").hex()


def record(thing: str, act: str, actor, *, head: str | None = None, **words) -> Entry:
    """Adds an entry to the session; the caller commits it with the act itself.

    ``head``: the hash of the thing's last entry, where the caller knows it.
    """
    if head is None:
        head = db.session.scalar(select(Entry.hash).where(Entry.thing == thing).order_by(Entry.id.desc()).limit(1)) or ""
    entry = made(
        Entry,
        thing=thing,
        act=act,
        actor_id=actor.id if actor else None,
        role=actor.role if actor else "system",
        previous=head,
        at=words.pop("at", None) or now(),
        **{"note": "", "shown": False, "facts": {}, "before": None, "after": None, "once": None, **words},
    )
    entry.hash = entry.seal()
    put(entry)
    return entry


def is_foreign() -> bool:
    """Whether neither the first entry nor the last bears a seal of this site's key."""
    ends = db.session.execute(select(func.min(Entry.id), func.max(Entry.id))).one()
    entries = [_entry(number) for number in ends if number]
    return bool(entries) and not any(entry and entry.hash == entry.seal() for entry in entries)


def refuse_foreign_key() -> None:
    """Raises KeyTrouble. A database that cannot be asked is another trouble."""
    foreign = False
    with suppress(DBAPIError):
        foreign = is_foreign()
    db.session.rollback()
    if foreign:
        raise KeyTrouble("keys/master.key is not the key of this database. Put the right one back from its copy.")


def of(thing: str) -> list[Entry]:
    return list(db.session.scalars(select(Entry).where(Entry.thing == thing).order_by(Entry.id)))


def done_already(once: str | None) -> Entry | None:
    """The entry which this form's key has already written, if any."""
    return (once and db.session.scalar(select(Entry).where(Entry.once == once))) or None


def commit_once(once: str | None) -> bool:
    """Commits; False where the same form was committed by another request meanwhile."""
    try:
        db.session.commit()
        return True
    except IntegrityError:
        db.session.rollback()
        if done_already(once):
            return False
        raise


UNREADABLE = "?"
BATCH = 1000


def broken() -> Iterator[tuple[int, str]]:
    """Entries (id, thing) whose seal or chain does not hold; of one that cannot
    even be read the thing is UNREADABLE."""
    heads: dict[str, str] = {}
    misshapen = _misshapen()
    for row, entry in _entries():
        if entry is None:
            yield row, UNREADABLE
            continue
        if row in misshapen or entry.hash != entry.seal() or entry.previous != heads.get(entry.thing, ""):
            yield entry.id, entry.thing
        heads[entry.thing] = entry.hash


def _entries() -> Iterator[tuple[int, Entry | None]]:
    """All of them by number, in batches; one by one where something in a batch is no text, time or record."""
    last = 0
    while ids := db.session.scalars(select(Entry.id).where(Entry.id > last).order_by(Entry.id).limit(BATCH)).all():
        last = ids[-1]
        try:
            found = db.session.scalars(select(Entry).where(Entry.id.between(ids[0], last)).order_by(Entry.id)).all()
            yield from ((entry.id, entry) for entry in found)
        except (DBAPIError, ValueError, TypeError):
            yield from ((row, _entry(row)) for row in ids)


def _misshapen() -> set[int]:
    """Rows that read like another, though their bytes differ: SQLite keeps what it is given."""
    if db.engine.dialect.name != "sqlite":
        return set()
    odd = "at NOT GLOB '????-??-?? ??:??:??.??????' OR typeof(shown) <> 'integer' OR shown NOT IN (0, 1)"
    return set(db.session.scalars(text(f"SELECT id FROM timeline WHERE {odd}")))  # nosec B608: our own words


def _entry(row: int) -> Entry | None:
    try:
        return db.session.scalar(select(Entry).where(Entry.id == row))
    except (DBAPIError, ValueError, TypeError):
        return None


APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER timeline_no_{act} BEFORE {act} ON timeline BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END"
        for act in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION timeline_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the timeline is append-only'; END $$",
        "CREATE TRIGGER timeline_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON timeline "
        "FOR EACH STATEMENT EXECUTE FUNCTION timeline_append_only()",
    ],
}

for engine, statements in APPEND_ONLY.items():
    for statement in statements:
        event.listen(Entry.__table__, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=engine))
