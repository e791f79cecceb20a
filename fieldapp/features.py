"""The features of the house, from left to right; each knows only those before it."""

from importlib import import_module
from types import ModuleType

from flask import Flask

from fieldapp import access

FEATURES = ("people", "places", "slips", "cases", "activities", "field", "public", "suggestions", "demo")


def load() -> list[ModuleType]:
    return [import_module(f"fieldapp.{name}.feature") for name in FEATURES]


def init_app(app: Flask) -> None:
    app.view_functions["static"] = access.public(app.view_functions["static"])
    for feature in load():
        feature.init_app(app)
