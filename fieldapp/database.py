"""The database handle, its column types, its naming and its clock."""

import sqlite3
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app, g, has_app_context, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import Pool
from sqlalchemy.types import TypeDecorator

from fieldapp import language, turns, waiting

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:
    sqlite = sqlite3

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


class UTCTime(TypeDecorator):
    """An aware time in UTC; stored without zone, so that engines agree."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def result_processor(self, dialect, coltype):
        """Of ``process_result_value`` there would be two calls for each time that is read."""
        read = self.impl_instance.result_processor(dialect, coltype)
        if read is None:
            return lambda value: value and value.replace(tzinfo=UTC)
        return lambda value: value and read(value).replace(tzinfo=UTC)


class Named:
    """Something with a name in Chinese, Uyghur and English."""

    names: Mapped[dict] = mapped_column(JSON)

    @property
    def name(self) -> str:
        return self.names.get(language.current()) or self.names["zh"]


_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def clock_at(moment: datetime):
    """Lets invented histories happen in their own past."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """The calendar's day where the site stands."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day on which a moment falls where the site stands."""
    return moment.astimezone(language.zone()).date()


def midnight() -> datetime:
    """When the site's present day ends."""
    return datetime.combine(today() + timedelta(days=1), time(), language.zone())


# SQLite 3.7.0 to 3.51.2 can corrupt a write-ahead log shared by two
# connections (the WAL-reset race); older libraries keep a rollback journal.
SOUND_SINCE = (3, 51, 3)
WAL_IS_SOUND = sqlite.sqlite_version_info >= SOUND_SINCE


def journal_mode() -> str:
    return "WAL" if WAL_IS_SOUND else "DELETE"


def said_at_start(uri: str) -> str:
    """Which database this site uses, and how far its library is to be trusted."""
    if not uri.startswith("sqlite"):
        return "Database: PostgreSQL."
    if WAL_IS_SOUND:
        return f"Database: SQLite {sqlite.sqlite_version}, write-ahead log."
    return (
        f"Database: SQLite {sqlite.sqlite_version}, older than {'.'.join(map(str, SOUND_SINCE))}: its write-ahead log "
        "can be corrupted by two connections, so it keeps a rollback journal, and readers wait for writers."
    )


def engine_options(uri: str) -> dict:
    """What Flask-SQLAlchemy passes on to ``create_engine``. An error names its
    statement and never what was to be written: it goes to the log."""
    if uri.startswith("sqlite"):
        # For everybody who has a place (waiting.py), each with few pages of its own: the system keeps them for all.
        connecting = {"timeout": 20, "check_same_thread": False}
        return {"hide_parameters": True, "module": sqlite, "connect_args": connecting, "pool_size": 8, "max_overflow": -1}
    return {"hide_parameters": True, "pool_pre_ping": True, "pool_size": 20}


@event.listens_for(Engine, "connect")
def _prepare(connection, record):
    if not isinstance(connection, sqlite.Connection):
        return
    connection.isolation_level = None
    for pragma in (f"journal_mode={journal_mode()}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-500"):
        connection.execute(f"PRAGMA {pragma}").close()


@event.listens_for(Engine, "begin")
def _begin(connection):
    """Writers take the lock at once: a transaction that reads first and writes
    later loses updates or fails under two writers."""
    if connection.dialect.name != "sqlite":
        return
    reads = only_reads()
    if not reads:
        turns.take(connection)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@event.listens_for(Pool, "checkin")
def _given_back(_connection, record):
    turns.give(record)


def only_reads() -> bool:
    """Whether this request takes no lock; what is no request says so itself."""
    if not has_request_context():
        return has_app_context() and not g.get("writing", True)
    return not g.get("writing", request.method not in ("GET", "HEAD", "OPTIONS"))


def writing(wanted: bool = True, *, keeping: bool = False) -> None:
    """Lets a request that only reads begin a transaction that writes, or the other
    way round. ``keeping``: rows are not read again, so that whatever is concluded
    from them needs a constraint of the database behind it."""
    if keeping:
        db.session().expire_on_commit = False
        db.session.commit()
        db.session().expire_on_commit = True
    else:
        db.session.rollback()
    g.writing = wanted
    if wanted:
        waiting.to_write()


@contextmanager
def in_passing():
    """What is noted down while a page is read. Where the disk is full or the
    database locked, it is not noted, and the page is read all the same."""
    reads = only_reads()
    writing()
    try:
        yield
        db.session.commit()
    except OperationalError:
        db.session.rollback()
        current_app.logger.warning("Nothing could be noted down: the disk is full, read-only or busy.")
    finally:
        g.writing = not reads
        if reads:
            waiting.to_read()
