"""The routes of rounds hang here."""

from flask import Blueprint

activities = Blueprint("activities", __name__)
