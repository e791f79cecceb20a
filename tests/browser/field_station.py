"""A real station to stop and start, and a phone beside it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error
from sqlalchemy import select

from fieldapp import create_app
from fieldapp.cases import contacts
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.people import passwords
from fieldapp.people.person import Person
from fieldapp.people.session import Session
from fieldapp.slips import codes
from tests import sparing
from tests.cast import Cast
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
# How long a slow, loaded machine may take; nobody waits longer than needed.
PATIENCE = 90
PASSWORD = "a quiet field in the morning"


class Station:
    """The production server on a database with the cast; ``stop`` is kill -9."""

    def __init__(self, instance: Path):
        self.instance, self.process = instance, None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        sparing.lay_out(instance, with_cast=True)
        self.app = create_app({"INSTANCE": instance, "BASE_URL": self.url})
        with self.app.app_context():
            cast = Cast()
            digest = passwords.digest(PASSWORD)
            for account in ("deputy", "deputy2", "chair"):
                cast[account].password_hash = digest
            db.session.commit()

    def start(self):
        command = [sys.executable, "-m", "fieldapp.server"]
        where = {"HOST": "127.0.0.1", "PORT": str(self.port), "WORKERS": "1"}
        env = {**os.environ, **where, "FIELDAPP_INSTANCE": str(self.instance), "FIELDAPP_BASE_URL": self.url, "FIELDAPP_LANGUAGE": "zh"}
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/sign-in", timeout=10):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"The station did not start: {self.process.poll()}")

    def stop(self):
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def cases(self) -> list[dict]:
        """What the station has, read afresh."""
        with self.app.app_context():
            rows = db.session.scalars(select(Case).order_by(Case.id))
            return [
                {
                    "narrative": case.narrative,
                    "author": case.deputy and case.deputy.account,
                    "key": case.key,
                    "serial": case.slip and case.slip.serial,
                    "photos": [photo.verified_at is not None for photo in case.photos],
                    "contact": case.contact is not None,
                    "village": case.village.code,
                    "state": case.state,
                }
                for case in rows
            ]

    def address(self) -> str:
        """What the first case's slip leads to."""
        with self.app.app_context():
            return codes.address(db.session.scalars(select(Case)).first().slip)

    def paper_slip(self) -> tuple[str, str]:
        """A slip of the deputy's book: its number, and what its QR code says."""
        with self.app.app_context():
            deputy = db.session.scalar(select(Person).where(Person.account == "deputy"))
            book = codes.issue_book(deputy=deputy, size=3)
            db.session.commit()
            return book.slips[1].serial, codes.address(book.slips[1])

    def contact(self) -> dict:
        with self.app.app_context():
            return contacts.open_contact(db.session.scalars(select(Case)).first())

    def forget_sessions(self):
        """Every session is over, as after a month."""
        with self.app.app_context():
            db.session.execute(db.delete(Session))
            db.session.commit()


def sign_in(page, url: str, account: str = "deputy", lang: str = "en"):
    page.goto(f"{url}/sign-in?lang={lang}")
    page.fill("[name=name]", account)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action*='sign-in'] button, main form button")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def until(page, done, what: str, seconds: float = PATIENCE):
    """Waits until ``done()`` is true, while the browser goes on."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        # A page that is just being left cannot be asked.
        with suppress(Error):
            if done():
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"Not within {seconds} s: {what}")
