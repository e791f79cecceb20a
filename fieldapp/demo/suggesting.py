"""Three deputies' suggestions, each at another point of its way."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app

from fieldapp.database import clock_at, db, today
from fieldapp.demo.township import Township, read
from fieldapp.suggestions import term
from fieldapp.suggestions.acts import begin
from fieldapp.suggestions.performing import make
from fieldapp.suggestions.suggestion import Suggestion


def suggest(township: Township) -> None:
    for told in read("suggestions")["suggestions"]:
        _play(township, told)


def _play(township: Township, told: dict) -> None:
    people, by = township.people, told["by"]
    began = told["days_ago"]
    with clock_at(_morning(began)):
        found = begin(people[by], title=told["title"], text=told["text"])
        if told["cosigner"]:
            make(found, "invitation", people[by], {"person": people[told["cosigner"]]})
            db.session.flush()
            make(found, "signature", people[told["cosigner"]], {})
        make(found, "submission", people[by], {})
    if told["unit"]:
        with clock_at(_morning(began - 3)):
            make(found, "handover", people["chair"], {"unit": township.units[told["unit"]], "months": term.MONTHS})
    if told["reply"]:
        _answered(found, people, told)


def _answered(found: Suggestion, people: dict, told: dict) -> None:
    began = told["days_ago"]
    with clock_at(_morning(began - 10)):
        make(found, "talk", people[told["by"]], {"talked_on": today(), "note": told["talk"]})
    with clock_at(_morning(began - 30)):
        promised = today() + timedelta(days=told["reply"]["days_promised"])
        words = {"class": told["reply"]["class"], "text": told["reply"]["text"], "language": "zh", "promised": promised}
        make(found, "paper_reply", people["chair"], words)
        db.session.flush()
    with clock_at(_morning(began - 33)):
        for account, rating in told["opinions"].items():
            make(found, "opinion", people[account], {"rating": rating})


def _morning(days_ago: int) -> datetime:
    zone = ZoneInfo(current_app.config["TIMEZONE"])
    return datetime.combine(today() - timedelta(days=days_ago), time(10, 30), zone)
