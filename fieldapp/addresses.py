"""Addresses in templates: the same ones come a hundred times on a page."""

from functools import lru_cache
from urllib.parse import urlencode

from flask import Flask, current_app, request

KEPT = 4096


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"url_for": url_for, "page_address": page_address}


def url_for(endpoint: str, **values) -> str:
    """Flask's, of this site; found again where only the endpoint and plain words tell."""
    if endpoint[0] == "." or any(name[0] == "_" or type(value) not in (str, int) for name, value in values.items()):
        return current_app.url_for(endpoint, **values)
    return _built(current_app._get_current_object(), request.script_root, endpoint, *values.items())  # type: ignore[attr-defined]


@lru_cache(KEPT)
def _built(app: Flask, root: str, endpoint: str, *values) -> str:
    return app.url_for(endpoint, **dict(values))


def page_address() -> str:
    """The address of this page, up to where a language is asked for."""
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode(rest)}{'&' if rest else ''}"
