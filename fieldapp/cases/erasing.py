"""What the clock does to cases: contacts whose time has come are forgotten."""

import click
from flask.cli import with_appcontext

from fieldapp.cases import contacts


@click.command()
@with_appcontext
def tick():
    """Does what is due: erases contacts. Run it every hour."""
    click.echo(f"{contacts.erase_due()} contacts erased.")
