"""The routes of the deputy's phone hang here."""

from flask import Blueprint

field = Blueprint("field", __name__)
