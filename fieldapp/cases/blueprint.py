"""The blueprint on which the modules of this feature lay their routes."""

from flask import Blueprint

cases = Blueprint("cases", __name__)
