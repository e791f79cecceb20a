"""``flask demo``: fills an empty database with the demonstration township."""

import os
import secrets
from ipaddress import ip_address

import click
from flask import Flask, current_app
from sqlalchemy import select

from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.demo import rounds
from fieldapp.demo.alike import raise_again
from fieldapp.demo.stories import Story
from fieldapp.demo.suggesting import suggest
from fieldapp.demo.township import ACCOUNTS, Township, read
from fieldapp.people.passwords import digest
from fieldapp.people.person import Person
from fieldapp.places.place import Area
from fieldapp.slips.codes import code_of
from fieldapp.slips.signs import code_for
from fieldapp.slips.slip import Book, Slip


def init_app(app: Flask) -> None:
    app.cli.add_command(demo)


@click.command()
@click.option("--cases", default=0, help="Cases to invent beside the twenty-two stories.")
@click.option("--seed", default=1, help="The same seed invents the same cases.")
@click.option("--slips", type=click.Path(writable=True), help="Write the slips' codes here, one a line.")
def demo(cases: int, seed: int, slips: str | None):
    """Fills an empty database with an invented township, and says how to get in."""
    known = db.session.scalar(select(Area.demonstration).limit(1))
    if known is False or (known is None and db.session.scalar(select(Person.id).limit(1))):
        click.echo("The database holds real data; nothing was touched.")
        return
    refuse_strangers()
    if known is None:
        fill(cases, seed)
    if slips:
        write_codes(slips)
    announce()


def refuse_strangers() -> None:
    """The demonstration's accounts are known to all: it listens on this machine alone."""
    host = os.environ.get("HOST", "127.0.0.1")
    if host != "localhost" and not ip_address(host).is_loopback:
        raise click.ClickException("The demonstration listens on this machine alone. Leave HOST at 127.0.0.1, or set up a real site.")


def fill(cases: int = 0, seed: int = 1) -> Township:
    township = Township().build(digest(password()))
    outings = rounds.planned(township)
    told = {story["matter"]: Story(township, story).play() for story in read("stories")["stories"]}
    raise_again(township, told)
    for outing in outings:
        outing.hold()
    suggest(township)
    db.session.commit()
    if cases:
        from fieldapp.demo.inventing import invent

        invent(township, cases, seed)
    return township


def password() -> str:
    """The demonstration's password: from the environment, else random and kept."""
    fixed = current_app.config["DEMO_PASSWORD"]
    path = current_app.config["INSTANCE"] / "keys" / "demonstration-password"
    if fixed and not path.exists():
        return _kept(path, fixed)
    return path.read_text() if path.exists() else _kept(path, "-".join(secrets.token_hex(2) for _ in range(4)))


def _kept(path, word: str) -> str:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(word)
    return word


def write_codes(path: str) -> None:
    """The codes of all slips that lead to a case."""
    signs = select(Book.number, Slip.number, Slip.issue).join(Slip.book).where(Slip.case_id.is_not(None)).order_by(Slip.id)
    with open(path, "w", encoding="ascii") as file:
        file.writelines(code_for(*row) + "\n" for row in db.session.execute(signs.execution_options(yield_per=1000)))


def announce() -> None:
    base = current_app.config["BASE_URL"]
    click.echo(f"\n  Fieldapp, with an invented township: {base}\n")
    click.echo(f"  Accounts: {', '.join(ACCOUNTS)}\n  Password: {password()}\n")
    click.echo("  Slips of cases under way:")
    query = select(Slip).join(Case, Slip.case_id == Case.id).where(Case.state.in_(("accepted", "handed_over", "answered")))
    for slip in db.session.scalars(query.order_by(Case.state, Case.id).limit(4)):
        click.echo(f"  {base}/s/{code_of(slip)}")
    click.echo()
