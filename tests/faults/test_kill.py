"""Kill -9 of the real server under load: what was acknowledged is there, once."""

import os
import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from fieldapp import create_app
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.pictures import path_of
from fieldapp.cases.verifying import findings
from fieldapp.database import db
from fieldapp.people import sessions
from tests import sparing
from tests.cast import Cast
from tests.faults.bugs import BUGS
from tests.faults.phones import SendingPhone
from tests.faults.server import Server

KILLS = int(os.environ.get("FAULT_KILLS", "20"))
KILLS_FOR_A_BUG = 2
# Seconds until every phone was heard: a slow machine's, and where one that never is is caught.
PATIENCE = 240
SOON = 40
# Chances to catch a bug; the first is mostly enough.
TURNS = 12
ACCOUNTS = ("deputy", "deputy2", "deputy")


def cookies(instance: Path) -> list[str]:
    """A database with the cast, and a signed-in cookie for each phone."""
    sparing.lay_out(instance, with_cast=True)
    app = create_app({"INSTANCE": instance})
    with app.app_context():
        cast = Cast()
        found = [_cookie(app, cast[account]) for account in ACCOUNTS]
        db.session.remove()
        db.engine.dispose()
    return found


def _cookie(app, person) -> str:
    token = sessions.begin(person)
    db.session.commit()
    serializer = app.session_interface.get_signing_serializer(app)
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'_user_id': token, '_fresh': True})}"


def ordeal(instance: Path, kills: int, bug: str | None = None) -> tuple[list[str], dict]:
    """Phones send while the server is killed again and again; returns what is
    wrong afterwards, and counts."""
    carried = cookies(instance)
    server, stop, chance = Server(instance, bug), threading.Event(), random.Random(7)
    server.start()
    phones = [SendingPhone(server.port, cookie, stop, seed) for seed, cookie in enumerate(carried)]
    try:
        for phone in phones:
            phone.start()
        for _ in range(kills):
            _wait_for_one_more(phones)
            time.sleep(chance.uniform(0, 1.2))
            server.kill()
            server.start()
        stop.set()
        until = time.monotonic() + (SOON if bug else PATIENCE)
        for phone in phones:
            phone.join(max(0, until - time.monotonic()))
        unfinished = [f"phone {phone.seed} was never heard" for phone in phones if phone.is_alive()]
    finally:
        server.kill()
    wrong, counts = _judge(instance, phones)
    return unfinished + wrong, counts


def _wait_for_one_more(phones: list[SendingPhone]) -> None:
    """However slow the machine: a server that nobody has heard is not worth killing."""
    known, until = sum(len(phone.acknowledged) for phone in phones), time.monotonic() + PATIENCE
    while sum(len(phone.acknowledged) for phone in phones) == known and time.monotonic() < until:
        if not any(phone.is_alive() for phone in phones):
            return
        time.sleep(0.02)


def _judge(instance: Path, phones: list[SendingPhone]) -> tuple[list[str], dict]:
    acknowledged = {key: words for phone in phones for key, words in phone.acknowledged.items()}
    wrong = [failure for phone in phones for failure in phone.failures]
    app = create_app({"INSTANCE": instance})
    with app.app_context():
        cases = list(db.session.scalars(db.select(Case)))
        times = Counter(case.narrative for case in cases)
        wrong += [f"{words}: there {times[words]} times" for words, _photos in acknowledged.values() if times[words] != 1]
        wrong += [f"{words}: doubled" for words, count in times.items() if count > 1]
        verified = {
            (photo.case.key, photo.sha256): path_of(photo)
            for photo in db.session.scalars(db.select(Attachment).where(Attachment.verified_at.is_not(None)))
        }
        for key, (words, photos) in acknowledged.items():
            wrong += [f"{words}: photo {one[:8]} is not whole" for one in photos if not _opens(verified.get((key, one)))]
        wrong += [str(finding) for finding in findings()]
        db.session.remove()
        db.engine.dispose()
    photos_kept = sum(len(photos) for _words, photos in acknowledged.values())
    return wrong, {"acknowledged": len(acknowledged), "photos": photos_kept, "cases": len(cases)}


def _opens(path: Path | None) -> bool:
    if path is None:
        return False
    try:
        for one in (path, path.with_suffix(".small.jpg")):
            with Image.open(one) as picture:
                picture.load()
    except OSError:
        return False
    return True


def test_after_every_kill_each_acknowledged_case_is_there_once_with_its_photos(tmp_path, record_property):
    wrong, counts = ordeal(tmp_path, KILLS)
    print(f"{KILLS} kills: {counts}")
    for name, value in counts.items():
        record_property(name, value)
    assert wrong == []
    assert counts["acknowledged"] >= KILLS


@pytest.mark.parametrize("bug", BUGS)
def test_the_same_harness_catches_a_planted_bug(tmp_path, bug):
    for attempt in range(TURNS):
        instance = tmp_path / str(attempt)
        instance.mkdir()
        wrong, _counts = ordeal(instance, KILLS_FOR_A_BUG, bug)
        if wrong:
            return
    pytest.fail(f"{bug} went unnoticed")
