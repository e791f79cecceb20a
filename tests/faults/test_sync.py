"""Histories of phones on bad lines: what was kept arrives, once, with its photos.

The phone's own modules run in a real browser against the real server, through
a proxy that drops, doubles, cuts, delays and lies."""

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from fieldapp import create_app
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.case import Case
from fieldapp.cases.pictures import path_of
from fieldapp.cases.verifying import findings
from fieldapp.database import db
from tests.chromium import browser
from tests.faults.server import ROOT, Server
from tests.faults.storm import KINDS, Storm
from tests.faults.sync_bugs import SYNC_BUGS
from tests.faults.test_kill import cookies

HISTORIES = int(os.environ.get("FAULT_SYNC", "200"))
FOR_A_BUG = 20
A_KILL_EVERY = 100
# Seconds for a history: a slow machine's, and where one that stalls is caught.
PATIENCE = 30.0
SOON = 6.0
# Chances to catch a bug; the first is mostly enough.
TURNS = 12
PHONES = 2


def ordeal(instance: Path, histories: int, change: dict | None = None, kills: int = 0, first: int = 0) -> tuple[list[str], dict]:
    """Two phones of two deputies live through their histories; returns what is
    wrong afterwards, and counts."""
    carried = cookies(instance)
    server = Server(instance)
    server.start()
    storms = [Storm(server.port, carried[phone], carried[1 - phone], change) for phone in range(PHONES)]
    contexts = [browser().new_context() for _ in storms]
    try:
        for context in contexts:
            context.set_default_timeout(120_000)
        pages = [context.new_page() for context in contexts]
        share = -(-histories // PHONES)
        for number, (page, storm) in enumerate(zip(pages, storms, strict=True)):
            page.goto(f"{storm.url}/trial/calm")
            page.evaluate("import('/trial/sync_histories.js').then((m) => { window.told = m.told; })")
            page.evaluate(
                f"void import('/trial/sync_histories.js').then((m) => m.run({first + number * share}, {first + (number + 1) * share}))"
            )
        told = _live(pages, server, kills, time.monotonic() + 30 + (SOON if change else PATIENCE) * share)
    finally:
        for context in contexts:
            context.close()
        for storm in storms:
            storm.shutdown()
        server.kill()
    return _judge(instance, told, storms)


def _live(pages, server: Server, kills: int, until: float) -> list[dict]:
    chance = random.Random(3)
    next_kill = time.monotonic() + chance.uniform(1, 4)
    while not all(page.evaluate("Boolean(window.told && window.told.over)") for page in pages):
        if time.monotonic() > until:
            break
        if kills and time.monotonic() > next_kill:
            kills -= 1
            server.kill()
            server.start()
            next_kill = time.monotonic() + chance.uniform(2, 8)
        pages[0].wait_for_timeout(200)
    told = [page.evaluate("window.told") for page in pages]
    return [{**one, "wrong": one["wrong"] + [f"still at history {one['done']}"] * (not one.get("over"))} for one in told]


def _judge(instance: Path, told: list[dict], storms: list[Storm]) -> tuple[list[str], dict]:
    kept = [entry for one in told for entry in one["kept"]]
    wrong = [sentence for one in told for sentence in one["wrong"]]
    for storm in storms:
        wrong += [f"{key}: sent {times} times on a good line" for key, times in storm.finished_in_calm.items() if times > 1]
    app = create_app({"INSTANCE": instance})
    with app.app_context():
        cases = list(db.session.scalars(db.select(Case)))
        known = {case.key: case for case in cases}
        captured = Counter(entry["narrative"] for entry in kept)
        arrived = Counter(case.narrative for case in cases)
        wrong += [
            f"{words}: captured {captured[words]} times, there {arrived[words]} times"
            for words in captured | arrived
            if captured[words] != arrived[words]
        ]
        photos = {(photo.case_id, photo.sha256): photo for photo in db.session.scalars(db.select(Attachment))}
        for entry in kept:
            case = known.get(entry["id"])
            if case is None:
                continue
            if str(case.author_id) != entry["author"]:
                wrong.append(f"{entry['narrative']}: under another's name")
            for sha256 in entry["photos"]:
                photo = photos.pop((case.id, sha256), None)
                if photo is None or photo.verified_at is None or not path_of(photo).exists():
                    wrong.append(f"{entry['narrative']}: photo {sha256[:8]} is not whole")
        wrong += [f"{sha256[:8]}: a photo that nobody took" for _case, sha256 in photos]
        wrong += [str(finding) for finding in findings()]
        db.session.remove()
        db.engine.dispose()
    met = sum((storm.met for storm in storms), Counter())
    counts = {
        "histories": sum(one["done"] for one in told),
        "kept": len(kept),
        "photos": sum(len(entry["photos"]) for entry in kept),
        **met,
    }
    return wrong, counts


def test_what_was_kept_arrives_once_with_its_photos_whatever_the_line_does(tmp_path, record_property):
    wrong, counts = ordeal(tmp_path, HISTORIES, kills=1 + HISTORIES // A_KILL_EVERY)
    print(f"{counts}")
    for name, value in counts.items():
        record_property(name, value)
    assert wrong == []
    assert counts["histories"] >= HISTORIES and counts["kept"] >= HISTORIES
    assert HISTORIES < 100 or set(KINDS) <= set(counts)


def test_each_planted_bug_changes_what_stands_in_its_module():
    for bug, change in SYNC_BUGS.items():
        for address, (old, _new) in change.items():
            assert old in (ROOT / "fieldapp" / address.lstrip("/")).read_text(), f"{bug}: {address}"


@pytest.mark.parametrize("bug", SYNC_BUGS)
def test_the_same_histories_catch_a_planted_bug(tmp_path, bug):
    for attempt in range(TURNS):
        instance = tmp_path / str(attempt)
        instance.mkdir()
        wrong, _counts = ordeal(instance, FOR_A_BUG, SYNC_BUGS[bug], first=attempt * FOR_A_BUG)
        if wrong:
            return
    pytest.fail(f"{bug} went unnoticed")
