"""Faults planted into the running application, which the harness must catch."""

import io
import json
import threading

from fieldapp.cases import contact_routes, pictures
from fieldapp.cases.case import Case
from fieldapp.cases.intake import new_key
from fieldapp.database import db
from fieldapp.field import sync, sync_keeping
from fieldapp.people.person import Person

LATER = 0.4


def acknowledges_before_it_commits(app):
    """The record is answered from memory and written a moment later."""
    real = app.wsgi_app

    def hasty(environ, start_response):
        if environ["PATH_INFO"] != "/field/sync":
            return real(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        kept = {**environ, "wsgi.input": io.BytesIO(body)}
        threading.Timer(LATER, lambda: b"".join(real(kept, lambda *_: None))).start()
        record = json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])
        missing = [photo["sha256"] for photo in record["attachments"]]
        start_response("201 CREATED", [("Content-Type", "application/json")])
        return [json.dumps({"id": record["id"], "number": "?", "state": "confirmed", "missing": missing}).encode()]

    app.wsgi_app = hasty


def forgets_which_id_it_had(app):
    """Every sending is a new case."""
    log, keep = sync_keeping.intake.log, sync._keep

    def echo(record, person):
        answer, status = keep(record, person)
        return {**answer.get_json(), "id": record.id}, status

    sync._keep = echo
    sync_keeping.intake.log = lambda actor, **fields: log(actor, **{**fields, "key": new_key()})


def confirms_a_photo_before_it_is_on_disk(app):
    """The row says verified while the file is still to be written."""
    real = pictures._keep
    pictures._keep = lambda path, data: threading.Timer(LATER, real, (path, data)).start()


def confirms_a_photo_before_its_row_is_committed(app):
    """The phone hears 201 while the row still waits."""
    real = pictures.receive

    def late(row, drawn):
        def write():
            with app.app_context():
                from fieldapp.cases.attachment import Attachment
                from fieldapp.database import db

                real(db.session.get_one(Attachment, row_id), drawn)
                db.session.commit()

        row_id = row.id
        threading.Timer(LATER, write).start()

    pictures.receive = late


def shows_a_contact_before_it_is_entered(app):
    """The look is entered a moment after the page was sent."""
    real = contact_routes.perform

    def late(case, name, actor, given, **more):
        case_id, actor_id = case.id, actor.id

        def write():
            with app.app_context():
                real(db.session.get_one(Case, case_id), name, db.session.get_one(Person, actor_id), given)
                db.session.remove()

        threading.Timer(LATER, write).start()

    contact_routes.perform = late


# Caught by a harness of its own (test_looks.py).
LOOKING = {shows_a_contact_before_it_is_entered.__name__: shows_a_contact_before_it_is_entered}
BUGS = {
    bug.__name__: bug
    for bug in (
        acknowledges_before_it_commits,
        forgets_which_id_it_had,
        confirms_a_photo_before_it_is_on_disk,
        confirms_a_photo_before_its_row_is_committed,
    )
}
