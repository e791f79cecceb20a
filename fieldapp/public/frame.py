"""The frame of a resident's page, with its style: the same for all of a language,
so that it is drawn and packed once."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import current_app, g, request
from flask.globals import _cv_app
from flask_babel import lazy_gettext as _l
from jinja2 import Template
from markupsafe import Markup
from werkzeug.http import parse_accept_header

from fieldapp import language, navigation
from fieldapp.public.packing import Beginning

TITLES = {
    "public/_status.html": _l("Your matter"),
    "public/unused.html": _l("Your matter"),
    "public/refused.html": _l("This slip opens nothing"),
}
PACKED = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding, Cookie"))
# What the bar needs, and what the rest needs.
SHEETS = {"bar": "resident-bar", "rest": "resident"}
# Stands where a page's own part belongs.
HERE = Markup("\x00")


@dataclass(frozen=True)
class Frame:
    """What stands before and after a page's own part."""

    before: Beginning
    own: Template
    after: str


def style() -> tuple[dict[str, Markup], str]:
    """The page's style in two parts, and the policy that allows just those."""
    known = current_app.extensions.get("slip.style")
    if known is None:
        folder = Path(current_app.root_path) / "static/css"
        parts = {name: _without_spaces((folder / f"{file}.css").read_text("utf-8")) for name, file in SHEETS.items()}
        allowed = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in parts.values())
        policy = (
            f"default-src 'none'; script-src 'self'; style-src {allowed}; img-src 'self' data:; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        )
        known = current_app.extensions["slip.style"] = ({name: Markup(part) for name, part in parts.items()}, policy)  # nosec B704: our own files
    return known


def _without_spaces(text: str) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    return re.sub(r"\s*([{};:,>])\s*", r"\1", text).replace(";}", "}").strip()


def around(template: str, root: str) -> Frame:
    """The frame of this template's pages in the reader's language."""
    frames = _cv_app.get().app.extensions.setdefault("slip.frames", {})
    key = template, language.current(), navigation.is_demonstration(), root
    if key not in frames:
        frames[key] = _drawn(template)
    return frames[key]


def _drawn(template: str) -> Frame:
    templates = current_app.jinja_env
    frame = templates.get_template("public/_frame.html")
    words = {"style": style()[0], "demonstration": navigation.is_demonstration(), "title": TITLES[template], "own": HERE}
    before, _here, after = frame.render(**words).partition(HERE)
    return Frame(Beginning(before.encode()), templates.get_template(template), after)


def page(template: str, words: dict, code: int = 200):
    """A page that carries its own style and leaves nothing in the browser. It is
    drawn from its record alone: nothing of who is signed in is even looked up."""
    headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Robots-Tag", "noindex")]
    packed = takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
    g.csp = style()[1]
    return current_app.response_class(parts(template, words, request.script_root, packed), code, [*headers, *PACKED] if packed else headers)


def parts(template: str, words: dict, root: str, packed: bool) -> list[bytes]:
    """The two parts of a page: what all begin with, and its own."""
    frame = around(template, root)
    own = (frame.own.render(words) + frame.after).encode()
    return [frame.before.packed, frame.before.followed_by(own)] if packed else [frame.before.words, own]


@lru_cache(maxsize=512)
def takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted).quality("gzip") > 0
