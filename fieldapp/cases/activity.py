"""The activity a case belongs to (a round, say). Cases know its code alone; the
feature that keeps activities says which there are and what they are called."""

from collections.abc import Callable

from flask import Flask, current_app

from fieldapp.places.place import Area


def kept_by(app: Flask, latest: Callable[[Area], list], named: Callable[[str], str]) -> None:
    """``latest`` lists a township's (code, name), the newest first; ``named``
    gives the name that belongs to a code."""
    app.extensions["activities"] = (latest, named)


def latest(township: Area) -> list[tuple[str, str]]:
    return current_app.extensions["activities"][0](township)


def name_of(code: str) -> str:
    return current_app.extensions["activities"][1](code)
