"""What makes the app open without signal: shell, worker, manifest.

The shell is the page without anybody's data; the worker keeps it in three
languages with every file it needs, each under the hash of its content.
"""

import json
from pathlib import Path

from flask import Response, abort, current_app, make_response, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from fieldapp import language
from fieldapp.access import public
from fieldapp.field.blueprint import field
from fieldapp.field.pages import surroundings
from fieldapp.field.pages_files import BACKGROUND, decoder, hash_of, static_files
from fieldapp.field.pages_files import style as sheets
from fieldapp.field.pages_form import NewCase

PAGES = ("home", "new")


@field.get("/field/shell/<lang>/<name>")
@public
def shell(lang, name):
    """The page as it opens offline, in one language; nobody's in particular."""
    if lang not in language.LANGUAGES or name not in PAGES:
        abort(404)
    return render_shell(lang, name)


def render_shell(lang: str, name: str) -> str:
    with force_locale(lang):
        return render_template(
            f"field/{name}.html",
            shell=True,  # nosec B604: a word of the template
            rows=None,
            round=None,
            called_off=(),
            form=NewCase(meta={"csrf": False}),
            township="",
            **surroundings(name),
        )


@field.get("/field/style.css")
@public
def style():
    """Every stylesheet of the app in one."""
    response = Response(sheets(current_app.static_folder), mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@field.get("/field/worker.js")
@public
def worker():
    """The service worker, with the list of what it keeps."""
    first = f'import "{static(BACKGROUND)}";\n' if "module" in request.args else ""
    source = (Path(current_app.static_folder) / "field-worker.js").read_text()
    text = f"{first}const FILES = {json.dumps(files())};\nconst DECODER = {json.dumps(decoder())};\n{source}"
    response = Response(text, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/field"
    response.headers["Cache-Control"] = "no-cache"
    return response


def files() -> dict[str, str]:
    """Address → hash of everything the app needs to open."""
    kept = {**static_files(), url_for("field.style"): hash_of(sheets(current_app.static_folder).encode())}
    for lang in language.LANGUAGES:
        for name in PAGES:
            kept[url_for("field.shell", lang=lang, name=name)] = hash_of(render_shell(lang, name).encode())
    return kept


def static(name: str) -> str:
    return url_for("static", filename=name)


@field.get("/field/manifest.webmanifest")
@public
def manifest():
    """The app on the home screen: name and icons."""
    response = make_response(
        json.dumps(
            {
                "id": "/field",
                "start_url": "/field",
                "scope": "/field",
                "display": "standalone",
                "name": _("Mobile liaison station"),
                "short_name": _("Field"),
                "lang": language.current(),
                "dir": language.direction(),
                "background_color": "#fbfaf6",
                "theme_color": "#14523a",
                "icons": [
                    {"src": static("app/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
                    {"src": static("app/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
                ],
                "shortcuts": [{"name": _("New case"), "url": "/field/new"}],
            },
            ensure_ascii=False,
        )
    )
    response.mimetype = "application/manifest+json"
    return response
