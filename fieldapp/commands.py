"""The command line: ``flask --app wsgi …``."""

import json

import click
from flask import Flask, current_app

from fieldapp import journal
from fieldapp.database import said_at_start
from fieldapp.keys import KeyTrouble
from fieldapp.migrating import upgrade


def init_app(app: Flask) -> None:
    for command in (init, moves, verify):
        app.cli.add_command(command)


@click.command()
def init():
    """Creates the database, or brings it up to date, and says which it is."""
    try:
        journal.refuse_foreign_key()
    except KeyTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    upgrade()
    click.echo(said_at_start(current_app.config["SQLALCHEMY_DATABASE_URI"]))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def moves(as_json):
    """Prints the table of moves."""
    from fieldapp.cases.moves import as_records

    records = list(as_records())
    if as_json:
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for row in records:
        click.echo(f"{row['name']:14} {', '.join(row['leaving']) or '-':40} → {row['reaching']:12} {', '.join(row['who'])}")


@click.command()
@click.pass_context
def verify(context):
    """Checks the timeline's chain; exit status 1 and the row's name where it is broken."""
    from fieldapp.cases.verifying import findings

    found = list(findings())
    for sentence in found:
        click.echo(sentence)
    if found:
        context.exit(1)
    click.echo("Everything holds.")
