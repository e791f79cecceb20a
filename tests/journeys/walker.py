"""Walks a demonstration matter through the pages, as the people of its story."""

import io
from datetime import timedelta

import time_machine

from fieldapp.cases.case import Case
from fieldapp.database import db, now, today
from fieldapp.demo.drawing import scene
from fieldapp.demo.township import Township, read
from fieldapp.people import sessions
from fieldapp.slips.codes import code_of
from tests.reader import Page, send
from tests.reader import visit as go

SOURCES = {"clerk_paper": "paper", "clerk_phone": "telephone"}


class Walker:
    """One story; every step is a page visited and a form sent on its own day."""

    def __init__(self, app, township: Township, story: dict):
        self.app, self.township, self.story = app, township, story
        self.matter = read("matters")["matters"][story["matter"] - 1]
        self.began = now() - timedelta(days=story["days_ago_logged"])
        self.visits: list[tuple[str, int]] = []

    def browser(self, account: str):
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        token = sessions.begin(self.township.people[account])
        db.session.commit()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return client

    @property
    def case(self) -> Case:
        db.session.expire_all()
        return db.session.scalar(db.select(Case).order_by(Case.id.desc()).limit(1))

    def logs(self) -> None:
        with time_machine.travel(self.began):
            {"field": self._in_the_field, "resident": self._from_the_field_of_a_resident, "carry_over": self._from_the_ledger}.get(
                self.story["source"], self._at_the_desk
            )()
        assert self.case.narrative == self._fields["narrative"]

    @property
    def _fields(self) -> dict:
        return {
            "narrative": self.matter[self.story["narrative_language"]],
            "kind": self.story["kind"],
        }

    def _places(self) -> dict:
        township = self.township
        return {
            "category": str(township.categories[self.matter["category"]].id),
            "village": str(township.areas[self.story["village"]].id),
            "deputy_id": str(township.people[self.story["deputy"]].id),
        }

    def _photos(self, first: int = 0) -> dict:
        count = self.story["photos"]
        return {"photos": [(io.BytesIO(scene(first + n)), f"{n}.jpg") for n in range(count)]} if count else {}

    def _contact(self) -> dict:
        contact = self.story["contact"]
        if not contact:
            return {}
        return {
            "contact_name": contact["name"],
            "contact_phone": contact["phone"],
            **({"share_with_unit": "y"} if contact["share_with_unit"] else {}),
        }

    def _slip(self, book: str) -> str:
        return self.township.books[book].slips[self.story["matter"] - 1].serial

    def _in_the_field(self) -> None:
        client = self.browser(self.story["deputy"])
        page = go(client, "/field/new")
        sent = send(
            client,
            page,
            "/field/new",
            category=self.matter["category"],
            village=self.story["village"],
            slip=self._slip(self.story["deputy"]),
            **self._fields,
            **self._photos(),
            **self._contact(),
        )
        assert sent.status == 200, sent.text

    def _from_the_field_of_a_resident(self) -> None:
        station = self.township.stations["s01"].code
        client = self.app.test_client()
        page = go(client, f"/station/{station}?lang=en")
        sent = send(
            client,
            page,
            f"/station/{station}",
            category=self._places()["category"],
            village=self._places()["village"],
            narrative=self._fields["narrative"],
            **self._photos(),
        )
        assert sent.status == 200, sent.text

    def _at_the_desk(self) -> None:
        client = self.browser("clerk")
        sent = send(
            client,
            go(client, "/cases/new"),
            "/cases/new",
            source=SOURCES[self.story["source"]],
            slip=self._slip("station"),
            **self._places(),
            **self._fields,
            **self._photos(),
            **self._contact(),
        )
        assert sent.status == 200, sent.text

    def _from_the_ledger(self) -> None:
        client, step = self.browser("clerk"), next(s for s in self.story["steps"] if s["move"] == "handover")
        sent = send(
            client,
            go(client, "/cases/carry-over"),
            "/cases/carry-over",
            slip=self._slip("station"),
            summary=self.matter["summary"]["zh"],
            unit=str(self.township.units[step["unit"]].id),
            due=(today() + timedelta(days=10)).isoformat(),
            **self._places(),
            **self._fields,
        )
        assert sent.status == 200, sent.text

    def sends(self, account: str, move: str, **typed) -> Page:
        client, number = self.browser(account), self.case.number
        page = send(client, go(client, f"/cases/{number}"), f"/cases/{number}/{move}", **typed)
        assert page.status == 200, (self.story["matter"], move, page.text)
        return page

    def resident_sends(self, act: str, **typed) -> Page:
        client = self.app.test_client()
        page = send(client, go(client, f"{self.slip}?lang=en"), f"/{act}", **typed)
        assert page.status == 200, (self.story["matter"], act, page.text)
        return page

    @property
    def slip(self) -> str:
        return f"/s/{code_of(self.case.slip)}"

    def resident_reads(self) -> None:
        """The page behind the slip, in three languages, without the resident's own words."""
        for language in ("zh", "ug", "en"):
            page = go(self.app.test_client(), f"{self.slip}?lang={language}")
            assert page.status == 200
            assert self.case.narrative not in page.html
