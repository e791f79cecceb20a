"""The planner knows how large the tables are; who is slow to send keeps nobody waiting."""

import os
from io import BytesIO

import pytest

from fieldapp.database import db
from fieldapp.demo.feature import fill
from fieldapp.ticking import do_duties


def measured(app) -> int:
    there = db.session.scalar(db.text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"))
    return there and db.session.scalar(db.text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'case'"))


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="A server measures by itself.")
def test_tables_are_measured_when_they_have_grown_and_not_again(app):
    fill()
    first, again = (next(count for count, words in do_duties()[0] if words == "tables measured anew") for _time in range(2))
    assert measured(app) and first > again


def test_what_is_sent_is_read_before_the_database_is_asked(app, cast, visit, monkeypatch):
    asked: list[str] = []

    class Slow(BytesIO):
        def readinto(self, buffer):
            asked.append("body")
            return super().readinto(buffer)

    browser = visit("deputy")
    db.event.listen(db.engine, "checkout", lambda *_known: asked.append("database"))
    browser.post("/field/sync", input_stream=Slow(b"{}"), content_type="application/json")
    assert asked and asked[0] == "body"
