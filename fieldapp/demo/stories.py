"""Twenty-two matters, each at another point of its life, played through the moves."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app

from fieldapp.cases import contacts, intake, pictures
from fieldapp.cases.case import Case
from fieldapp.cases.move import Resident
from fieldapp.cases.performing import make
from fieldapp.database import clock_at, db, now, today
from fieldapp.demo.drawing import scene
from fieldapp.demo.township import Township, read

SOURCES = {"field": "field", "clerk_paper": "paper", "clerk_phone": "telephone", "resident": "resident", "carry_over": "ledger"}
EARLIEST = time(9, 30)


class Story:
    """One matter's history; every step happens on its own day, in the past."""

    def __init__(self, township: Township, story: dict):
        self.township, self.story = township, story
        self.matter = read("matters")["matters"][story["matter"] - 1]
        self.began = self._moment(0)
        self.steps = 0

    def _moment(self, days_after: int, minutes: int = 0) -> datetime:
        zone = ZoneInfo(current_app.config["TIMEZONE"])
        day = today() - timedelta(days=self.story["days_ago_logged"] - days_after)
        planned = datetime.combine(day, EARLIEST, zone) + timedelta(minutes=7 * self.story["matter"] + 11 * minutes)
        return min(planned, now() - timedelta(minutes=300 - 10 * minutes))

    def play(self) -> Case:
        with clock_at(self.began):
            case = self._logged()
        for step in self.story["steps"]:
            self._steps_of(case, step)
        db.session.flush()
        return case

    def _logged(self) -> Case:
        story, people = self.story, self.township.people
        source = SOURCES[story["source"]]
        actor = {"field": people[story["deputy"]], "resident": Resident()}.get(source, people["clerk"])
        case = intake.log(
            actor,
            slip=self._slip(source),
            at=self.began,
            handed_to=self._handed_to(),
            township_id=self.township.areas["main"].id,
            village_id=self.township.areas[story["village"]].id,
            category_id=self.township.categories[self.matter["category"]].id,
            deputy_id=people[story["deputy"]].id,
            source=source,
            kind=story["kind"],
            narrative=self.matter[story["narrative_language"]],
            anonymous=story["anonymous"],
            paper_dates=self._claims(),
            activity=self._activity(),
        )
        self._photos(case, story["photos"], "matter")
        if story["contact"]:
            contacts.seal_contact(case, story["contact"])
        return case

    def _slip(self, source: str):
        book = self.township.books["station" if source in ("paper", "telephone", "ledger") else self.story["deputy"]]
        return book.slips[self.story["matter"] - 1]

    def _activity(self) -> str | None:
        return self.township.activities.get(self.story["matter"])

    def _claims(self) -> dict | None:
        paper = self.story["paper"]
        if not paper:
            return None
        ago = {"logged": paper["days_ago_logged"], "handed_over": paper["days_ago_handed_over"]}
        return {what: (now().date() - timedelta(days=days)).isoformat() for what, days in ago.items() if days}

    def _handed_to(self) -> dict | None:
        if self.story["source"] != "carry_over":
            return None
        step = next(step for step in self.story["steps"] if step["move"] == "handover")
        return {**self._handover(step, None), "summary": self.matter["summary"]["zh"]}

    def _photos(self, case, count: int, purpose: str) -> list:
        author = self.township.people[self.story["deputy"]]
        return [
            pictures.store(
                scene(100 * self.story["matter"] + n + 50 * (purpose == "answer")),
                case=case,
                purpose=purpose,
                author=author,
                approved=purpose == "answer",
            )
            for n in range(count)
        ]

    def _steps_of(self, case: Case, step: dict) -> None:
        if self.story["source"] == "carry_over" and step["move"] in ("confirm", "summary", "handover"):
            return
        self.steps += 1
        with clock_at(self._moment(step["days_after"], self.steps)):
            for name, given in self._given(case, step):
                db.session.flush()
                make(case, name, self._actor(step["by"]), given)
        db.session.flush()

    def _actor(self, by: str):
        return Resident() if by == "resident" else self.township.people[by]

    def _given(self, case: Case, step: dict) -> list[tuple[str, dict]]:
        """The moves of a step with what each is given."""
        name = step["move"]
        if name == "wording":
            return [(name, {"language": language, "text": self._answer_text[language]}) for language in step["languages"]]
        if name == "inspection" and step["result"] == "waived":
            self.waived = step["note"]["zh"]
            return []
        # Two working days after the answer, which a weekend puts off, it has gone through by itself.
        if name == "release" and case.answer.is_visible:
            return []
        fill: Callable = getattr(self, f"_{name}", self._plain)
        return [(name, fill(step, case))]

    def _plain(self, step, case) -> dict:
        return {
            key: value["zh"] if isinstance(value, dict) else value for key, value in step.items() if key not in ("days_after", "move", "by")
        }

    def _summary(self, step, case) -> dict:
        return {"summary": self.matter["summary"]["zh"]}

    def _escalation(self, step, case) -> dict:
        return {"opinion": step["note"]["zh"]}

    def _handover(self, step, case) -> dict:
        photos = [photo.id for photo in case.photos] if case else []
        return {
            "unit": self.township.units[step["unit"]],
            "limit": step["due_working_days"],
            "summary": self.matter["summary"]["zh"],
            "photos": photos,
            "note": step["note"]["zh"] if step["note"] else "",
            "assisting": [self.township.units[code] for code in step.get("assisting", ())],
            "asked": step["asked"]["zh"] if step.get("asked") else "",
        }

    def _opinion(self, step, case) -> dict:
        return {"text": step["text"][step["written_in"]], "language": step["written_in"]}

    def _supervision(self, step, case) -> dict:
        return {"reason": step["reason"]["zh"], "report_due": today() + timedelta(days=step["report_days"])}

    def _acceptance(self, step, case) -> dict:
        return {"officer": self.township.people[step["officer"]]}

    def _return(self, step, case) -> dict:
        return {"reason": step["reason"]["zh"], "better": self.township.units.get(step["suggested_unit"])}

    def _answer(self, step, case) -> dict:
        self._answer_text = step["text"]
        promised: date | None = today() + timedelta(days=step["promise_days"]) if step.get("promise_days") else None
        photos = self._photos(case, 1 if step["class"] == "A" else 0, "answer") if step["move"] != "on_the_spot" else []
        return {
            "class": step["class"],
            "text": step["text"][step["written_in"]],
            "language": step["written_in"],
            "promised": promised,
            "talked": bool(step.get("talked_first")),
            "photos": photos,
        }

    _paper_answer = _on_the_spot = _answer

    def _rework(self, step, case) -> dict:
        return {"reason": step["reason"]["zh"]}

    def _remark(self, step, case) -> dict:
        return {"remark": step["text"][step["language"]]}

    def _feedback(self, step, case) -> dict:
        return {"channel": step["how"], "told_on": today(), "note": step["note"]["zh"] if step.get("note") else ""}

    def _guidance(self, step, case) -> dict:
        return {"where": step["where"]["zh"], "why": step["why"]["zh"]}

    def _settlement(self, step, case) -> dict:
        return {"uninspected": getattr(self, "waived", "") or step["note"]["zh"]}
