"""Kill -9 at the door of a contact, between the entry and the reply: no look without its entry."""

import http.client
import os
import random
import re
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from fieldapp import create_app, journal
from fieldapp.cases import contacts
from fieldapp.cases.verifying import findings
from fieldapp.database import db
from tests import sparing
from tests.cast import Cast
from tests.faults.server import Server
from tests.faults.test_kill import _cookie

LOOKERS = ("deputy", "chair", "clerk")
KNOWN = "0998-000-0171"
KILLS, PATIENCE = int(os.environ.get("FAULT_LOOKS", "4")), 120


class Looker(threading.Thread):
    """Opens the contact again and again, with a reason of its own each time."""

    def __init__(self, port: int, cookie: str, number: str, name: str, stop: threading.Event):
        super().__init__(daemon=True)
        self.port, self.cookie, self.path, self.name, self.stop = port, cookie, f"/cases/{number}", name, stop
        self.seen: list[str] = []
        self.cut_short = 0

    def run(self) -> None:
        times = 0
        while not self.stop.is_set():
            times += 1
            try:
                self._look(f"{self.name} {times}")
            except (OSError, http.client.HTTPException):
                self.cut_short += 1
                time.sleep(0.05)

    def _look(self, reason: str) -> None:
        page = self._ask("GET", self.path, None)
        fields = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("csrf_token", "version")}
        if all(fields.values()):
            given = {name: found[1] for name, found in fields.items()} | {"reason": reason}
            self._ask("POST", f"{self.path}/contact", urlencode(given), reason)

    def _ask(self, method: str, path: str, body: str | None, reason: str = "") -> str:
        """A contact counts as seen from its first byte on, however the reply ends."""
        connection, got = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60), b""
        headers = {"Cookie": self.cookie, "Accept-Language": "en"}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        try:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            if cookie := reply.headers["Set-Cookie"]:
                self.cookie = cookie.split(";")[0]
            while part := reply.read1(256):
                got += part
        finally:
            connection.close()
            if reason and KNOWN.encode() in got:
                self.seen.append(reason)
        return got.decode()


def ordeal(instance: Path, kills: int, bug: str | None = None) -> tuple[list[str], int, int]:
    """What was seen without an entry, and how often it was seen and entered."""
    sparing.lay_out(instance, with_cast=True)
    app = create_app({"INSTANCE": instance})
    with app.app_context():
        cast = Cast()
        case = cast.brings("confirmed")
        contacts.seal_contact(case, {"name": "某某", "phone": KNOWN, "share_with_unit": False})
        db.session.commit()
        number, thing = case.number, case.thing
        cookies = [_cookie(app, cast[account]) for account in LOOKERS]
        db.session.remove()
        db.engine.dispose()
    server, stop, chance = Server(instance, bug), threading.Event(), random.Random(3)
    server.start()
    lookers = [Looker(server.port, cookie, number, name, stop) for cookie, name in zip(cookies, LOOKERS, strict=True)]
    try:
        for looker in lookers:
            looker.start()
        for _ in range(kills):
            _wait_for_a_look(lookers)
            time.sleep(chance.uniform(0, 0.2))
            server.kill()
            server.start()
        _wait_for_a_look(lookers)
        stop.set()
        for looker in lookers:
            looker.join(PATIENCE)
    finally:
        server.kill()
    with app.app_context():
        entered = [entry.note for entry in journal.of(thing) if entry.act == "contact_look"]
        wrong = [f"{reason}: seen, not entered" for looker in lookers for reason in looker.seen if reason not in entered]
        wrong += [str(finding) for finding in findings()]
        db.session.remove()
        db.engine.dispose()
    return wrong, sum(len(looker.seen) for looker in lookers), len(entered)


def _wait_for_a_look(lookers: list[Looker]) -> None:
    known, until = sum(len(looker.seen) for looker in lookers), time.monotonic() + PATIENCE
    while sum(len(looker.seen) for looker in lookers) == known and time.monotonic() < until:
        time.sleep(0.005)


def test_however_often_the_server_is_killed_nobody_saw_a_contact_without_an_entry(tmp_path):
    wrong, seen, entered = ordeal(tmp_path, KILLS)
    print(f"{KILLS} kills: {seen} looks, {entered} entries")
    assert wrong == [] and entered >= seen >= KILLS


def test_the_same_harness_catches_a_look_that_is_entered_afterwards(tmp_path):
    for attempt in range(6):
        instance = tmp_path / str(attempt)
        instance.mkdir()
        wrong, _seen, _entered = ordeal(instance, 2, "shows_a_contact_before_it_is_entered")
        if wrong:
            return
    raise AssertionError("It went unnoticed.")
