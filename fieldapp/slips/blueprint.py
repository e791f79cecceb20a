"""The blueprint of slips."""

from flask import Blueprint

slips = Blueprint("slips", __name__)
