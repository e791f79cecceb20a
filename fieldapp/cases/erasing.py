"""What the clock does: contacts whose time has come are forgotten, and whatever
else a feature has to do now and then."""

from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from fieldapp.cases import contacts


def init_app(app: Flask) -> None:
    app.cli.add_command(tick)
    whenever_the_clock_ticks(app, "contacts erased", contacts.erase_due)


def whenever_the_clock_ticks(app: Flask, words: str, act: Callable[[], int]) -> None:
    """``act`` returns how many things it did."""
    app.extensions.setdefault("ticks", []).append((words, act))


@click.command()
@with_appcontext
def tick():
    """Does what is due: erases contacts, sweeps abandoned uploads. Run it every hour."""
    for words, act in current_app.extensions["ticks"]:
        click.echo(f"{act()} {words}.")
