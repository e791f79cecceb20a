"""The addresses of suggestions."""

from flask import Blueprint

suggestions = Blueprint("suggestions", __name__)
