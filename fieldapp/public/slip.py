"""The page behind a slip: no account, no cookie, one request, no need of script."""

from flask import g, redirect, request

from fieldapp import csrf, language
from fieldapp.access import public as anyone
from fieldapp.cases import album
from fieldapp.cases.attachment import Attachment
from fieldapp.database import db
from fieldapp.public import guessing, matter, status
from fieldapp.public.blueprint import public
from fieldapp.public.frame import page
from fieldapp.public.glance import Glance, changes_at
from fieldapp.public.kept import NOTICED
from fieldapp.slips.codes import find, opens
from fieldapp.slips.signs import code_in, lookup_for


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
    g.remembers_language = False
    lookup = lookup_for(code_in(code) or "")
    found, marks = matter.read(lookup)
    if not opens(found):
        return refused()
    request.environ[NOTICED] = Glance(lookup, marks, changes_at(found.case))
    return show(found)


@public.post("/s/")
@csrf.exempt
@anyone
def typed():
    """A code typed by hand: it goes into the body, so that what is mistyped is in no log."""
    g.remembers_language = False
    code = code_in(request.form.get("code", ""))
    return redirect(f"/s/{code}?lang={language.current()}", 303) if code else refused()


def show(found, code: int = 200, *, refusal: str | None = None, act: str = "", knows: bool = False):
    """The page as it stands; ``refusal`` is a sentence about an act not made."""
    if found.case is None:
        return page("public/unused.html", code, serial=found.serial)
    return page(
        "public/_status.html",
        code,
        status=status.of(found.case),
        refusal=refusal,
        act=act,
        knows=knows,
        typed=request.form.get("remark", "") if act else "",
        path=_path(),
        query=f"?lang={language.current()}",
        all=bool(request.args.get("all")),
        reading=False,
        album=None,
    )


def _path() -> str:
    return "/".join(request.path.split("/")[:3])


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
