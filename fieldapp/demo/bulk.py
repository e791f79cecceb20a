"""Invents many cases fast: the same shapes as the stories, in bulk inserts."""

import random
from collections import namedtuple
from datetime import timedelta
from functools import cache

from sqlalchemy import Connection, select

from fieldapp import journal
from fieldapp.cases.case import Case
from fieldapp.cases.clocks import amber_from
from fieldapp.cases.intake import new_key
from fieldapp.cases.outcome import Answer, Handover
from fieldapp.cases.search import CaseWord, words_of
from fieldapp.database import day_of, db, now, today
from fieldapp.demo.bulk_insert import Inserting
from fieldapp.demo.township import Township, read
from fieldapp.places.calendar import WorkingCalendar
from fieldapp.places.limits import LIMITS, ORDINARY
from fieldapp.series import COUNT_UP
from fieldapp.slips.signs import code_for, lookup_for, serial_for
from fieldapp.slips.slip import Book, Slip

BOOK = 99
STATES = ("logged", "confirmed", "handed_over", "accepted", "answered")
WAY = (("log", "logged"), ("confirm", "confirmed"), ("handover", "handed_over"), ("acceptance", "accepted"), ("answer", "answered"))


TABLES = (Book, Case, Answer, Handover, journal.Entry, Slip, CaseWord)

Actor = namedtuple("Actor", "id role")


class Inventor:
    """Rows for one batch after another; the same seed invents the same cases."""

    def __init__(self, township: Township, seed: int, connection: Connection):
        self.connection = connection
        self.inserting = {table: Inserting(table.__table__, connection) for table in TABLES}
        self.chance = random.Random(seed)  # nosec B311: inventions, no secrets
        self.matters = read("matters")["matters"]
        self.home = township.areas["main"].id
        self.villages = [area.id for area in township.areas.values() if area.parent_id == self.home]
        self.categories = {code: row.id for code, row in township.categories.items()}
        self.people = {account: Actor(person.id, person.role) for account, person in township.people.items()}
        calendar = WorkingCalendar.of(township.areas["main"])
        self.amber_from = cache(lambda since, due: amber_from(calendar, since, due))
        self.after = cache(calendar.after)
        self.desks = [(township.units["u01"].id, self.people["unit"]), (township.units["u04"].id, self.people["unit2"])]
        self.words = [words_of(f"{matter['zh']}\n{matter['summary']['zh']}") for matter in self.matters]
        self.case = self._last(Case.id)
        self.entry, self.answer, self.slip = self._last(journal.Entry.id), self._last(Answer.id), self._last(Slip.id)
        self.book, self.book_id = self._last(Book.number), self._last(Book.id)
        self.year = str(today().year)

    def _last(self, column) -> int:
        return db.session.scalar(select(column).order_by(column.desc()).limit(1)) or 0

    def batch(self, size: int) -> None:
        rows: dict = {table: [] for table in TABLES}
        self.number = self.connection.execute(COUNT_UP, {"name": self.year, "many": size}).scalar_one() - size
        for place in range(size):
            if place % BOOK == 0:
                self._book(rows[Book])
            self._case(rows, place % BOOK + 1)
        # In the order of their keys, so that each page is written once.
        rows[CaseWord].sort(key=lambda row: row["word"])
        rows[Slip].sort(key=lambda row: row["lookup"])
        for table, found in rows.items():
            if found:
                self.inserting[table].insert(found)
        self.connection.commit()

    def _book(self, books: list) -> None:
        self.book, self.book_id = self.book + 1, self.book_id + 1
        books.append(
            {
                "id": self.book_id,
                "number": self.book,
                "deputy_id": self.people["deputy"].id,
                "township_id": self.home,
                "size": BOOK,
                "pool": False,
                "online": False,
                "issued_at": now(),
            }
        )

    def _case(self, rows: dict, place: int) -> None:
        self.case, self.number, self.slip = self.case + 1, self.number + 1, self.slip + 1
        which = self.chance.randrange(len(self.matters))
        matter, step = self.matters[which], self.chance.randrange(len(STATES))
        logged = now() - timedelta(minutes=self.chance.randrange(300, 60 * 24 * 360))
        unit, officer = self.chance.choice(self.desks)
        deputy, handed = self.people[self.chance.choice(("deputy", "deputy2"))], logged + timedelta(days=1)
        since, due = day_of(handed), day_of(handed + timedelta(days=self.chance.choice((21, 45, 400))))
        given = step >= 2
        if step >= 4:
            self.answer += 1
            rows[Answer].append(
                {
                    "id": self.answer,
                    "case_id": self.case,
                    "unit_id": unit,
                    "author_id": officer.id,
                    "recorded": False,
                    "on_the_spot": False,
                    "class": "A",
                    "promised": None,
                    "text": "已经办好，请看现场。",
                    "language": "zh",
                    "talked": False,
                    "at": handed + timedelta(days=5),
                    "visible_at": handed + timedelta(days=5),
                    "released_by_id": deputy.id,
                }
            )
        if given:
            rows[Handover].append(
                {
                    "case_id": self.case,
                    "unit_id": unit,
                    "lead": True,
                    "due": due,
                    "summary": matter["summary"]["zh"],
                    "by_id": self.people["chair"].id,
                    "at": handed,
                    "reason": "",
                }
            )
        head = self._history(rows[journal.Entry], step, logged, deputy, officer, unit, since, due)
        rows[Case].append(
            {
                "id": self.case,
                "key": new_key(),
                "number": f"{self.year}-{self.number:04d}",
                "township_id": self.home,
                "village_id": self.chance.choice(self.villages),
                "category_id": self.categories[matter["category"]],
                "deputy_id": deputy.id,
                "author_id": deputy.id,
                "source": "field",
                "kind": "difficulty",
                "state": STATES[step],
                "level": "township",
                "narrative": matter["zh"],
                "summary": matter["summary"]["zh"],
                "anonymous": False,
                "logged_at": logged,
                "unit_id": unit if given else None,
                "officer_id": officer.id if step >= 3 else None,
                "handed_over_at": handed if given else None,
                "due": due if given else None,
                "amber": self.amber_from(since, due) if given else None,
                "clock_from": since if given else None,
                "urges": 0,
                "resident_limit": LIMITS[ORDINARY],
                "resident_due": self.after(day_of(logged), LIMITS[ORDINARY]),
                "answer_id": self.answer if step >= 4 else None,
                "returns": 0,
                "reworks": 0,
                "uninspected": "",
                "guided_to": "",
                "head": head,
                "version": 1 + step,
            }
        )
        code = code_for(self.book, place)
        rows[Slip].append(
            {
                "id": self.slip,
                "book_id": self.book_id,
                "number": place,
                "issue": 1,
                "lookup": lookup_for(code),
                "serial": serial_for(self.book, place),
                "case_id": self.case,
                "revoked_at": None,
            }
        )
        rows[CaseWord].extend({"word": word, "case_id": self.case} for word in self.words[which])

    def _history(self, entries: list, step: int, logged, deputy, officer, unit: int, since, due) -> str:
        head, before = "", None
        for act, after in WAY[: step + 1]:
            actor = {"handover": self.people["chair"], "acceptance": officer, "answer": officer}.get(act, deputy)
            facts = {
                "log": {
                    "source": "field",
                    "serial": None,
                    "logged": day_of(logged).isoformat(),
                    "resident_limit": LIMITS[ORDINARY],
                },
                "confirm": {},
                "answer": {"unit": unit, "class": "A"},
                "acceptance": {"unit": unit, "officer": officer.id},
            }.get(act, {"unit": unit, "due": due.isoformat(), "limit": None, "from": since.isoformat()})
            self.entry += 1
            entry = {
                "id": self.entry,
                "thing": f"case:{self.case}",
                "act": act,
                "actor_id": actor.id,
                "role": actor.role,
                "at": logged,
                "note": "",
                "shown": True,
                "before": before,
                "after": after,
                "facts": facts,
                "once": None,
                "previous": head,
            }
            head = entry["hash"] = journal.sealed(entry)
            entries.append(entry)
            before, logged = after, logged + timedelta(hours=20)
        return head
