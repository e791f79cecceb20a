"""The timed duties: done by a thread of the web process, by ``flask worker`` or
by ``flask tick``; of all processes one at a time, by a lease in the database.

A duty is a function that does what is due and returns how many things it did.
It may be cut off at any moment and must find its way the next time: a lease is
no lock, two processes may do the same duty.
"""

import os
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import String, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.database import UTCTime, db, now

DUTIES = "duties"
LONGEST = timedelta(days=1)
# Seconds; no duty should take longer on a busy machine.
SHORTEST = 60


class Lease(db.Model):
    """Who does the duties until when, and when they were last done."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40))
    until: Mapped[datetime] = mapped_column(UTCTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCTime)


def init_app(app: Flask) -> None:
    app.cli.add_command(tick)
    app.cli.add_command(worker)


def whenever_the_clock_ticks(app: Flask, words: str, act: Callable[[], int]) -> None:
    """``act`` returns how many things it did."""
    app.extensions.setdefault("ticks", []).append((words, act))


def take(holder: str, seconds: int) -> bool:
    """Whether the lease is ours for so long. One that ends later than any lease
    can was taken under a clock that was wrong."""
    moment = now()
    free = or_(Lease.holder == holder, Lease.until <= moment, Lease.until > moment + LONGEST)
    until = moment + min(timedelta(seconds=seconds), LONGEST)
    ours = update(Lease).where(Lease.name == DUTIES, free).values(holder=holder, until=until)
    taken = db.session.execute(ours.execution_options(synchronize_session=False)).rowcount == 1
    if not taken and db.session.get(Lease, DUTIES) is None:
        db.session.add(Lease(name=DUTIES, holder=holder, until=until))
        taken = True
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return taken


def do_duties(go_on: Callable[[], bool] = lambda: True) -> tuple[list[tuple[int, str]], list[str]]:
    """What was done, and what failed; a duty that fails does not keep the others from theirs."""
    done, failed = [], []
    for words, act in current_app.extensions["ticks"]:
        try:
            done.append((act(), words))
            db.session.commit()
        except Exception:
            db.session.rollback()
            current_app.logger.exception("A timed duty failed: %s", words)
            failed.append(words)
        if not go_on():
            return done, failed
    db.session.execute(update(Lease).where(Lease.name == DUTIES).values(done_at=now()))
    db.session.commit()
    return done, failed


def last_done() -> datetime | None:
    return db.session.scalar(db.select(Lease.done_at).where(Lease.name == DUTIES))


def turn(holder: str, every: int) -> bool:
    """One round, where nobody else has it."""
    lasting = max(3 * every, SHORTEST)
    if not take(holder, lasting):
        return False
    do_duties(lambda: take(holder, lasting))
    return True


def start(app: Flask) -> threading.Thread | None:
    """The thread of a web process; none where this is the command line, or where it is switched off."""
    every = app.config["TICK_EVERY"]
    if not every or os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        return None
    thread = threading.Thread(target=_tick_on, args=(app, every), name="ticks", daemon=True)
    thread.start()
    return thread


def _tick_on(app: Flask, every: int) -> None:
    holder = _new_holder()
    time.sleep(min(every, 5))
    while True:
        with app.app_context():
            try:
                turn(holder, every)
            except Exception:
                app.logger.exception("The timed duties could not be done.")
            finally:
                db.session.remove()
        time.sleep(every)


def _new_holder() -> str:
    return f"{os.getpid()}-{secrets.token_hex(8)}"


@click.command()
@with_appcontext
def tick():
    """Does what is due, once, whoever else does it."""
    take(_new_holder(), 60)
    done, failed = do_duties()
    for number, words in done:
        click.echo(f"{number} {words}.")
    for words in failed:
        click.echo(f"FAILED: {words}. The log says why.", err=True)
    if failed:
        raise SystemExit(1)


@click.command()
@click.option("--every", default=60, help="Seconds between two rounds.")
@with_appcontext
def worker(every: int):
    """Does the timed duties again and again, beside the server or on another machine."""
    holder = _new_holder()
    while True:
        try:
            turn(holder, every)
        except Exception:
            current_app.logger.exception("The timed duties could not be done.")
        finally:
            db.session.remove()
        time.sleep(every)
