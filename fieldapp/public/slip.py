"""The page behind a slip: no account, no cookie, one request, no need of script."""

import base64
import hashlib
import re
from pathlib import Path

from flask import current_app, g, make_response, request, send_file
from markupsafe import Markup

from fieldapp import navigation
from fieldapp.access import public as anyone
from fieldapp.cases import pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.database import db
from fieldapp.public import guessing, matter, status
from fieldapp.public.blueprint import public
from fieldapp.public.glance import Glance, changes_at
from fieldapp.public.kept import NOTICED
from fieldapp.public.packing import packed
from fieldapp.slips.codes import find, opens
from fieldapp.slips.signs import code_in, lookup_for


def style() -> tuple[Markup, str]:
    """The page's style and the policy that allows just that."""
    known = current_app.extensions.get("slip.style")
    if known is None:
        text = (Path(current_app.root_path) / "static/css/resident.css").read_text("utf-8")
        text = (
            re.sub(r"\s*([{};:,>])\s*", r"\1", re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.S))).replace(";}", "}").strip()
        )
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; script-src 'self'; style-src 'sha256-{digest}'; img-src 'self' data:; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        )
        known = current_app.extensions["slip.style"] = (Markup(text), policy)  # nosec B704: our own file
    return known


def page(template: str, code: int = 200, **context):
    """A page that carries its own style and leaves nothing in the browser. It is
    drawn from its record alone: nothing of who is signed in is even looked up."""
    text, g.csp = style()
    drawn = current_app.jinja_env.get_template(template)
    html = drawn.render(style=text, demonstration=navigation.is_demonstration(), **context).encode()
    accepts_gzip = request.accept_encodings.quality("gzip") > 0
    reply = make_response(packed(html) if accepts_gzip else html, code)
    if accepts_gzip:
        reply.headers["Content-Encoding"] = "gzip"
    reply.headers["X-Robots-Tag"] = "noindex"
    return reply


def refused():
    """Unknown, revoked, expired, or no code at all: one and the same."""
    guessing.hold()
    return page("public/refused.html", 404)


@public.get("/s/")
@public.get("/S/")
@public.get("/s/<path:code>")
@public.get("/S/<path:code>")
@anyone
def slip(code=""):
    g.remembers_language, g.masked_path = False, "/s/…"
    lookup = lookup_for(code_in(code) or "")
    found, marks = matter.read(lookup)
    if not opens(found):
        return refused()
    request.environ[NOTICED] = Glance(lookup, marks, changes_at(found.case))
    return show(found)


def show(found, code: int = 200, *, refusal: str | None = None, typed: str = ""):
    """The page as it stands; ``refusal`` is a sentence about an act not made."""
    if found.case is None:
        return page("public/unused.html", code, serial=found.serial)
    return page(
        "public/slip.html",
        code,
        status=status.of(found.case),
        refusal=refusal,
        typed=typed,
        path=_path(),
        all=bool(request.args.get("all")),
    )


def _path() -> str:
    return "/".join(request.path.split("/")[:3])


@public.get("/s/<code>/photos/<int:photo>")
@public.get("/S/<code>/photos/<int:photo>")
@anyone
def photo(code, photo):
    """A photo of an answer that the resident may read."""
    g.remembers_language, g.masked_path = False, "/s/…"
    found = find(code)
    row = found and found.case and db.session.get(Attachment, photo)
    if not row or row.case_id != found.case.joint.id or row.answer is None or not row.answer.is_visible:
        return refused()
    reply = send_file(pictures.path_of(row, small=True), mimetype="image/jpeg")
    reply.headers["Cache-Control"] = "no-store"
    return reply
