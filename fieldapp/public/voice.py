"""What the holder of a slip says: solved or not, how satisfied, and more.

The code is the capability: no token, no cookie. A form knows how many entries
the holder could read when it was drawn (``head``), so that the same act from
the same page is made once; what the holder cannot read leaves no trace in it.
"""

import hashlib

from flask import g, redirect, request, session
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import csrf, journal
from fieldapp.access import public as anyone
from fieldapp.cases import parties, pictures
from fieldapp.cases.detector import suspicious
from fieldapp.cases.guards import judged_answer
from fieldapp.cases.move import Resident
from fieldapp.cases.moves import open_move
from fieldapp.cases.performing import OutOfTurn, make
from fieldapp.database import db
from fieldapp.people import tries
from fieldapp.public import slip
from fieldapp.public.blueprint import public
from fieldapp.public.receiving import from_here_alone
from fieldapp.slips.codes import find

LONGEST_REMARK = 1000
# What the page shows first afterwards: after "solved" the three faces stand there.
SHOWS = {"remark": "#received", "verdict": "#said", "rating": "#said"}
# Words and photos in an hour that cost nothing: of all neighbours behind one
# address, and of one slip. Then each waits a little longer, and nobody is locked out.
PER_ADDRESS = {"free": 60, "longest": 60}
PER_SLIP = {"free": 20, "longest": 60}


@public.post("/<any(s, S):spelling>/<code>/<any(verdict, rating, remark, reopening, withdrawal):act>")
@csrf.exempt
@anyone
def say(spelling, code, act):
    g.remembers_language = False
    from_here_alone()
    found = find(code)
    if not found or not found.case:
        return slip.refused()
    return _say(found, act)


def _say(found, act):
    given = _given(act)
    if act != "remark" and (helper := _helper()) and parties.works_for_a_body(found.case, helper):
        given = _(
            "The person signed in on this phone works for a unit that had this matter. "
            "Please answer on a phone of your own, or let somebody else help you."
        )
    if isinstance(given, str):
        again = _("Please choose the photos once more: the browser does not keep them.") if request.files.get("photo") else ""
        return slip.show(found, 422, refusal=f"{given} {again}".strip(), act=act, knows=given == _doubt())
    once = _once(found.case, act, request.form.get("head", ""), given)
    if not journal.done_already(once):
        if busy := _flood(found, act):
            return _later(found, act, busy)
        try:
            _act(found.case, act, given, once)
        except (OutOfTurn, pictures.NotAPicture) as refusal:
            db.session.rollback()
            return slip.show(find(request.view_args["code"]), 409, refusal=refusal.sentence, act=act)
        journal.commit_once(once)
    language = request.args.get("lang")
    chosen = f"?lang={language}" if language in ("zh", "ug", "en") else ""
    return redirect(slip.own_path(request.path) + chosen + SHOWS.get(act, "#now"), 303)


def _flood(found, act) -> int:
    """Seconds to wait before more words or photos; else these are counted."""
    if act != "remark" and not request.files.get("photo"):
        return 0
    subjects = [
        tries.Subject("remark", request.remote_addr or "", **PER_ADDRESS),
        tries.Subject("remarks", found.lookup, **PER_SLIP),
    ]
    busy = tries.wait(subjects)
    if not busy:
        tries.begin(subjects)
    return busy


def _later(found, act, busy: int):
    sentence = _(
        "Very much is coming in just now. What you wrote is kept: please send it again in a minute. If there was a photo, please choose it once more."
    )
    reply = slip.show(found, 429, refusal=sentence, act=act)
    reply.headers["Retry-After"] = str(busy)
    return reply


def _act(case, act, given, once) -> None:
    """The act, and what follows from it: “not solved” sends a claim of “solved” back, and opens it again where it was struck off."""
    if photo := request.files.get("photo"):
        pictures.store(photo.stream, case=case, purpose="remark", author=Resident())
    make(case, act, Resident(), given, once=once)
    if act == "verdict" and not given["solved"]:
        db.session.flush()
        if open_move(case.joint, Resident(), "rework"):
            make(case.joint, "rework", Resident(), {})
        elif judged_answer(case).letter == "A" and open_move(case, Resident(), "reopening"):
            make(case, "reopening", Resident(), {})


def _given(act) -> dict | str:
    """The facts of the act, or a sentence about what is missing."""
    form = request.form
    if act == "verdict":
        if form.get("solved") not in ("yes", "no"):
            return _("Please choose: solved or not solved.")
        return {"solved": form["solved"] == "yes", "assisted": _helper() is not None}
    if act == "rating":
        if form.get("rating") not in ("satisfied", "basically", "not_satisfied"):
            return _("Please choose one of the three faces.")
        return {"rating": form["rating"], "assisted": _helper() is not None}
    words = form.get("remark", "").strip()
    if len(words) > LONGEST_REMARK:
        return _("This is too long: at most %(most)s characters fit here. Please shorten it; nothing is lost.", most=LONGEST_REMARK)
    if act == "remark" and not words and not request.files.get("photo"):
        return _("Please write a few words or add a photo.")
    if suspicious(words) and not form.get("knows"):
        return _doubt()
    return {"remark": words, "reason": words}


def _doubt() -> str:
    return _("These words seem to hold a telephone or ID number. Others may read them. Take it out, or send them once more as they are.")


def _helper():
    """Whoever of the staff lends the phone: their session is in this browser."""
    return current_user if "_user_id" in session and current_user.is_authenticated else None


def _once(case, act: str, head: str, given: dict) -> str | None:
    """The same words from the same page are one act; other words, after “back”, are another."""
    said = {name: given[name] for name in ("solved", "rating", "remark") if name in given}
    if photo := request.files.get("photo"):
        said["photo"] = hashlib.file_digest(photo.stream, "sha256").hexdigest()
        photo.stream.seek(0)
    return hashlib.sha256(f"{case.key}:{act}:{head}:{sorted(said.items())}".encode()).hexdigest() if head else None
