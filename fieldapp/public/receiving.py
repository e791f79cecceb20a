"""Receiving a matter from a resident's own phone, without an account or a cookie."""

import hashlib
import hmac
import json

from flask import abort, current_app, make_response, request
from flask_babel import gettext as _

from fieldapp import failures, journal
from fieldapp.cases import contacts, intake, pictures, succession
from fieldapp.cases.case import Case
from fieldapp.cases.move import Resident
from fieldapp.database import db
from fieldapp.people import tries
from fieldapp.public.stations_holder import Holder
from fieldapp.slips.codes import code_of, find
from fieldapp.slips.issuing import slip_for_page
from fieldapp.slips.slip import Slip

# A whole village may stand behind one address: sixty matters an hour pass
# freely, after that each waits a little longer, and nobody is locked out.
PER_ADDRESS = {"free": 60, "longest": 60}
PER_PAGE = {"free": 300, "longest": 30}


def from_here_alone() -> None:
    """Refuses what another site's page sends."""
    if not _comes_from_here():
        abort(make_response(failures.page(403, "foreign")))


def _comes_from_here() -> bool:
    """As the browser says; there is no cookie to misuse, so one too old to say is believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin.split("://")[-1] == request.host


def subjects(holder: Holder) -> list[tries.Subject]:
    return [
        tries.Subject("matter", request.remote_addr or "", **PER_ADDRESS),
        tries.Subject("matters", holder.path, **PER_PAGE),
    ]


def key(form) -> str | None:
    """The form's key with all that it says: the same words from the same page are
    one matter; other words, after “back”, are another."""
    once = form.once.data
    if len(once) < 16:
        return None
    photos = sorted(_digest(photo.stream) for photo in form.pictures())
    return _sealed(json.dumps([once, form.category.data, form.village.data, form.narrative.data, photos, form.contact()]))


def _digest(stream) -> str:
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return digest


def kept(key: str | None) -> str | None:
    """The key as the timeline keeps it: who reads the database must not be able to
    ask for the slip again."""
    return _sealed(key) if key else None


def _sealed(words: str) -> str:
    secret = current_app.config["KEYS"].derive("receiving")
    return hmac.new(secret, words.encode(), hashlib.sha256).hexdigest()


def received_before(key: str | None) -> Slip | None:
    """The slip that these very words were answered with, while it lives."""
    entry = journal.done_already(kept(key))
    case = entry and db.session.get(Case, int(entry.thing.removeprefix("case:")))
    return find(code_of(case.slip)) if case and case.slip else None


def receive(holder: Holder, form, key: str | None) -> Slip:
    """Puts the matter on record with a slip of this page's own book; once for this key.
    Raises NotAPicture, with nothing kept."""
    actor, contact = Resident(), form.contact()
    try:
        slip = slip_for_page(**holder.for_slip())
        case = intake.log(
            actor,
            once=kept(key),
            slip=slip,
            township_id=holder.township.id,
            village_id=form.village.data,
            category_id=form.category.data,
            deputy_id=holder.deputy and holder.deputy.id,
            source="resident",
            narrative=form.narrative.data or _("(Only photos were sent.)"),
            anonymous=contact is None,
        )
        for photo in form.pictures():
            pictures.store(photo.stream, case=case, purpose="matter", author=actor)
    except pictures.NotAPicture:
        db.session.rollback()
        raise
    if contact:
        contacts.seal_contact(case, contact)
    succession.pass_on(case)
    journal.commit_once(kept(key))
    return received_before(key) or slip
