"""What the clock does with cases: contacts whose time has come are forgotten,
units are urged, due days follow a new edition of the national calendar."""

from flask import Flask

from fieldapp.cases import contacts, recounting, urging
from fieldapp.ticking import whenever_the_clock_ticks

__all__ = ["init_app", "whenever_the_clock_ticks"]


def init_app(app: Flask) -> None:
    whenever_the_clock_ticks(app, "contacts erased", contacts.erase_due)
    whenever_the_clock_ticks(app, "due dates moved by a new calendar", recounting.recount_by_itself)
    whenever_the_clock_ticks(app, "units urged", urging.urge_due)
