"""The page behind a slip: no account, no cookie, one request, no need of script."""

from flask import g, redirect, request

from fieldapp import csrf, language
from fieldapp.access import public as anyone
from fieldapp.cases import album
from fieldapp.cases.attachment import Attachment
from fieldapp.database import db
from fieldapp.public import guessing, matter, status
from fieldapp.public.blueprint import public
from fieldapp.public.frame import page, parts, takes_gzip
from fieldapp.public.glance import Glance, changes_at
from fieldapp.public.kept import Asked
from fieldapp.slips.codes import find, opens
from fieldapp.slips.printing import phone
from fieldapp.slips.signs import code_in, lookup_for

PLAIN = {"refusal": None, "act": "", "knows": False, "typed": "", "reading": False, "album": None}


def refused():
    """Unknown, revoked, expired, or no code at all: one and the same."""
    guessing.hold()
    return page("public/refused.html", {}, 404)


@public.get("/s/")
@public.get("/S/")
@public.get("/s/<path:code>")
@public.get("/S/<path:code>")
@anyone
def slip(code=""):
    g.remembers_language = False
    found, _marks = matter.read(lookup_for(code_in(code) or ""))
    return show(found) if opens(found) else refused()


def draw(asked: Asked) -> tuple[Glance, list[bytes]] | None:
    """The same without a request: what tells whether it has changed, and the page
    in two parts; None where the code opens nothing."""
    lookup = lookup_for(code_in(asked.path[3:]) or "")
    found, marks = matter.read(lookup)
    if not opens(found):
        return None
    template, words = told(found, own_path(asked.path), asked.all)
    return Glance(lookup, marks, changes_at(found.case)), parts(template, words, asked.root, takes_gzip(asked.codings))


@public.post("/s/")
@csrf.exempt
@anyone
def typed():
    """A code typed by hand: it goes into the body, so that what is mistyped is in no log."""
    g.remembers_language = False
    code = code_in(request.form.get("code", ""))
    return redirect(f"/s/{code}?lang={language.current()}", 303) if code else refused()


def show(found, code: int = 200, *, act: str = "", **more):
    """The page as it stands; ``refusal`` among ``more`` is a sentence about an act not made."""
    typed = request.form.get("remark", "") if act else ""
    return page(*told(found, own_path(request.path), bool(request.args.get("all")), act=act, typed=typed, **more), code)


def own_path(path: str) -> str:
    """The address that the page's forms begin with: the code alone, whatever else
    a program for chatting, or a person, left about it."""
    return f"{path[:3]}{code_in(path[3:])}"


def told(found, path: str, all: bool, **more) -> tuple[str, dict]:
    """The template that tells of this slip, and its words."""
    if found.case is None:
        return "public/unused.html", {"serial": found.serial, "phone": phone(found.book)}
    query = f"?lang={language.current()}"
    return "public/_status.html", PLAIN | {"status": status.of(found.case), "path": path, "query": query, "all": all} | more


@public.get("/s/<code>/photos/<int:photo>")
@public.get("/S/<code>/photos/<int:photo>")
@anyone
def photo(code, photo):
    """A photo of an answer that the resident may read."""
    g.remembers_language = False
    found = find(code)
    row = found and found.case and db.session.get(Attachment, photo)
    if not row or row.case_id != found.case.joint.id or row.answer is None or not row.answer.is_visible:
        return refused()
    return album.reply(row, small=True)
