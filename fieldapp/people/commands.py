"""``flask person add``: the first people of a site, before any page can add them."""

import re

import click
from flask.cli import AppGroup
from sqlalchemy import select

from fieldapp.access import ROLES
from fieldapp.database import db
from fieldapp.people import administering
from fieldapp.people.person import Person
from fieldapp.people.staff_forms import ACCOUNT, LEVELS
from fieldapp.places.place import Area, Unit

person = AppGroup("person", help="The people who sign in.")


@person.command("add")
@click.argument("account")
@click.option("--role", type=click.Choice(list(ROLES)), prompt=True)
@click.option("--zh", prompt="Name in Chinese")
@click.option("--ug", default="", help="Name in Uyghur.")
@click.option("--en", default="", help="Name in English.")
@click.option("--area", help="Code of the county or township; may be left out while there is but one.")
@click.option("--unit", "units", multiple=True, help="Code of a unit the person works for.")
@click.option("--phone", default="")
def add(account, role, zh, ug, en, area, units, phone):
    """Adds a person and prints a one-time password.

    On an empty database the county is made first; everything else follows on
    the pages.
    """
    account = account.strip().casefold()
    if not re.fullmatch(ACCOUNT, account):
        raise click.ClickException("An account name has two to forty small letters, digits, dots and hyphens.")
    if db.session.scalar(select(Person.id).where(Person.account == account)):
        raise click.ClickException(f"There is a person with the account name {account} already.")
    place = _area(area)
    if place.kind not in LEVELS.get(role, ("township", "county")):
        raise click.ClickException(f"The role {role} is not held in a {place.kind}.")
    names = {code: name for code, name in (("zh", zh), ("ug", ug), ("en", en)) if name}
    given = {
        "names": names,
        "account": account,
        "role": role,
        "area_id": place.id,
        "phone": phone,
        "units": [_unit(code, place).id for code in units],
        "active": True,
    }
    _added, password = administering.add(None, given, None)
    db.session.commit()
    click.echo(f"{account}: {password}")
    click.echo("The password is for the first sign-in; then one of their own is asked for.")


def _area(code: str | None) -> Area:
    areas = list(db.session.scalars(select(Area).where(Area.kind != "village")))
    if not areas:
        area = Area(code=code or "county", kind="county", names={"zh": click.prompt("The county's name in Chinese")}, settings={})
        db.session.add(area)
        db.session.flush()
        return area
    fitting = [area for area in areas if code is None or area.code == code]
    if len(fitting) != 1:
        raise click.ClickException("Please name the area: " + ", ".join(sorted(area.code for area in areas)))
    return fitting[0]


def _unit(code: str, place: Area) -> Unit:
    unit = db.session.scalar(select(Unit).where(Unit.code == code, Unit.area_id == place.id))
    if unit is None:
        raise click.ClickException(f"There is no unit {code} there.")
    return unit
