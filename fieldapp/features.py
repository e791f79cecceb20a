"""The features of the house, from left to right; each knows only those before it."""

from importlib import import_module

from flask import Flask

from fieldapp import access

FEATURES = ("people", "places", "slips", "cases", "activities", "field", "public", "suggestions", "demo")


def init_app(app: Flask) -> None:
    app.view_functions["static"] = access.public(app.view_functions["static"])
    for name in FEATURES:
        feature = import_module(f"fieldapp.{name}.feature")
        feature.init_app(app)
