"""The blueprint of what needs no account."""

from flask import Blueprint

public = Blueprint("public", __name__)
