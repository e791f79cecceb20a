"""Two sites that were lived alike to the microsecond and differ in secrets alone."""

import io
import os
import random
import secrets
import shutil
from datetime import date

from PIL import Image

from fieldapp import create_app
from fieldapp.cases import contacts, pictures
from fieldapp.database import db
from fieldapp.people import sessions
from fieldapp.slips.codes import code_of, pool_for
from tests.cast import Cast
from tests.conftest import Browser, emptied

WHOLE = bool(os.environ.get("FAULT_TWINS"))
SEEN = ("logged", "handed_over", "answered", "settled")
if WHOLE:
    SEEN += ("confirmed", "accepted", "guided", "withdrawn", "merged")


class Chance(random.Random):
    """What stands in for the system's randomness; begun anew before each request,
    so that one secret more costs nobody else's token."""

    def install(self, monkeypatch):
        for place in ("os.urandom", "random._urandom"):
            monkeypatch.setattr(place, self.randbytes)
        monkeypatch.setattr(secrets, "token_bytes", lambda n=32: self.randbytes(n))


class Twin:
    """One site: a matter in each state, each with ``narrative``, a photo in
    ``colour`` that no unit may see, and the ``contact``, if any."""

    def __init__(self, folder, keys, chance: Chance, *, narrative: str, colour: str, contact: dict | None):
        if keys:
            shutil.copytree(keys, folder / "keys")
        self.chance, self.app = chance, create_app({"INSTANCE": folder, "TESTING": True, "WTF_CSRF_ENABLED": False})
        self.app.test_client_class = Browser
        self.narrative, self.colour, self.contact = narrative, colour, contact

    def __enter__(self):
        self.context = self.app.app_context()
        self.context.push()
        emptied()
        db.create_all()
        self.chance.seed(1)
        self.cast = Cast()
        self.numbers, self.codes, self.photos = {}, {}, {}
        for state in SEEN:
            self._lives_to(state)
        db.session.commit()
        return self

    def __exit__(self, *_error):
        db.session.remove()
        emptied()
        db.engine.dispose()
        self.context.pop()

    def _lives_to(self, state: str) -> None:
        case = self.cast.brings(state, narrative=f"{self.narrative} {state}")
        pool_for(self.cast["deputy"])[0].case = case
        if state == "handed_over":
            self.cast.does("chair", case, "assistance", units=[self.cast.unit("roads")], due=date(2026, 12, 4), asked="请提意见")
        if state == "settled":
            self.cast.does("chair", case, "lookback_assignment", person=self.cast["deputy"])
        self._keeps_secrets(case)
        db.session.commit()
        self.numbers[state], self.codes[state], self.photos[state] = case.number, code_of(case.slip), case.photos[0].id
        self.chance.seed(state)

    def _keeps_secrets(self, case) -> None:
        file = io.BytesIO()
        Image.new("RGB", (40, 30), self.colour).save(file, "JPEG")
        pictures.store(file.getvalue(), case=case, purpose="matter", author=self.cast["deputy"])
        if self.contact:
            contacts.seal_contact(case, self.contact)

    def browser(self, account: str | None):
        """Signed in as somebody of the cast, or nobody."""
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        self.chance.seed(str(account))
        if account:
            token = sessions.begin(self.cast[account])
            db.session.commit()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True
        return client

    def asks(self, client, method: str, address: str, **options):
        """Everything a reply says."""
        self.chance.seed(f"{method} {address}")
        reply = client.open(address, method=method, **options)
        return reply.status_code, sorted(reply.headers.items()), reply.data
