"""Histories counted by hand (histories.toml): each ends on the days that a person with a calendar found."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fieldapp.cases.clocks import light_of, usual_limit
from fieldapp.cases.move import Clock
from fieldapp.cases.performing import perform
from fieldapp.cases.verifying import findings
from fieldapp.database import clock_at, db
from fieldapp.places import registering
from fieldapp.places.calendar import CalendarDay, is_provisional

HISTORIES = tomllib.loads((Path(__file__).parent / "histories.toml").read_text("utf-8"))["history"]
NAMES = {"return": "returned"}
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_there_are_enough_of_them_each_with_its_count():
    assert len(HISTORIES) >= 30 and all(row["why"] for row in HISTORIES)
    assert len({row["name"] for row in HISTORIES}) == len(HISTORIES)


@pytest.mark.parametrize("row", HISTORIES, ids=lambda row: row["name"])
def test_the_clocks_of_a_history_are_those_counted_by_hand(cast, row):
    life = Life(cast)
    for step in row["steps"]:
        moment, act, *rest = step.split()
        with clock_at(at(moment)):
            getattr(life, NAMES.get(act, act))(*rest)
    case = life.case
    for name, column in (("due", case.due), ("amber", case.amber), ("resident", case.resident_due)):
        if name in row:
            assert column == (None if row[name] == "none" else row[name]), f"{name}: {row['why']}"
    for day, light in row.get("lights", {}).items():
        with clock_at(at(day)):
            assert (light_of(case) or "none") == light, day
    assert row.get("provisional", False) == (case.due is not None and is_provisional(case.due.year))
    assert list(findings()) == []


def at(moment: str) -> datetime:
    day, _at, hour = moment.partition("@")
    return datetime.fromisoformat(f"{day}T{hour or '10:00'}").replace(tzinfo=SHANGHAI)


class Life:
    """The words of the table as acts of the cast."""

    def __init__(self, cast):
        self.cast, self.case = cast, None

    def logged(self):
        self.case = self.cast.logs()

    def does(self, account, move, **given):
        self.cast.does(account, self.case, move, **given)

    def handover(self, limit, day=None):
        given = {"due": date.fromisoformat(day)} if day else {"limit": usual_limit(self.case) if limit == "ordinary" else int(limit)}
        self.does("county" if self.case.level == "county" else "chair", "handover", unit=self.cast.unit(), summary="渠道", **given)

    def accept(self):
        self.does("unit", "acceptance", officer=self.cast["unit"])

    def answer(self, letter):
        promised = {"promised": date(2026, 4, 1)} if letter == "B" else {}
        self.does("unit", "answer", **{"class": letter, "text": "答复", "language": "zh", **promised})
        self.does("deputy", "release")

    def returned(self):
        self.does("unit", "return", reason="不归我们")

    def rework(self):
        self.does("deputy", "rework", reason="没好")

    def settle(self):
        self.does("resident", "verdict", solved=True)
        self.does("deputy", "inspection", note="看过")
        self.does("chair", "settlement")

    def reopen(self):
        self.does("resident", "reopening", reason="又堵了")

    def promise(self):
        perform(self.case, "promise", Clock(), {})

    def extend(self, day):
        self.does("unit", "extension", until=date.fromisoformat(day), reason="要机器")

    def granted(self):
        self.does("chair", "extension_grant")

    def refused(self):
        self.does("chair", "extension_refusal", reason="不行")

    def due(self, day):
        self.does("chair", "due_date", due=date.fromisoformat(day), reason="汛期")

    def escalate(self):
        self.does("chair", "escalation", opinion="请协调")

    def advice(self):
        self.does("county", "advice", advice="镇里办")

    def merge(self):
        self.does("chair", "merge", joined=self.cast.logs())

    def unmerge(self):
        self.does("chair", "unmerge", reason="不是一件事")

    def spot(self):
        self.does("deputy", "on_the_spot", text="说清楚了", language="zh")

    def township(self, days):
        self.cast.area("here").settings = {"limits": {"ordinary": int(days)}}
        db.session.commit()

    def holiday(self, day, works=False):
        given = {"day": date.fromisoformat(day), "works": works, "names": {"zh": "地方安排"}}
        registering.set_day(self.cast["admin"], self.cast.area("county"), given, None)
        db.session.commit()

    def working(self, day):
        self.holiday(day, works=True)

    def national(self, day):
        row = db.session.execute(db.select(CalendarDay).filter_by(day=date.fromisoformat(day))).scalar_one()
        registering.remove_day(self.cast["admin"], self.cast.area("county"), row)
        db.session.commit()
