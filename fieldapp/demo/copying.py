"""Copies of the patterns: rows with ids, numbers, keys, slips and seals of their own."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, chain
from random import Random

from sqlalchemy import Table, select

from fieldapp.cases.intake import new_key
from fieldapp.cases.search import CaseWord
from fieldapp.database import db
from fieldapp.demo.bulk import CASES, ENTRIES, OWNED, Mould, Pattern
from fieldapp.demo.township import Township
from fieldapp.series import Series
from fieldapp.slips.signs import code_for, lookup_for, serial_for
from fieldapp.slips.slip import Book, Slip

BATCH = 5000
BOOK = 99
BOOKS, SLIPS, SERIES, WORDS = (model.__table__ for model in (Book, Slip, Series, CaseWord))
FILLED: list[Table] = [BOOKS, CASES, *OWNED, ENTRIES, SLIPS]  # type: ignore[list-item]


class Copies:
    """Reads the database when it is made, and needs none to go on; ``last`` are
    the ids that are taken."""

    def __init__(self, township: Township, patterns: list[Pattern], seed: int):
        self.patterns, self.chance = patterns, Random(seed)  # nosec B311: inventions, no secrets
        self.last = {table.name: _last(table.c.id) for table in FILLED}
        self.book, self.place = _last(BOOKS.c.number), 0
        self.numbers: dict[str, int] = dict(db.session.execute(select(Series.name, Series.last)).tuples().all())
        self.having: dict[str, list[array]] = defaultdict(list)
        self.copies = [array("q") for _pattern in patterns]
        for pattern, copies in zip(patterns, self.copies, strict=True):
            for word in pattern.words:
                self.having[word].append(copies)
        home = township.areas["main"].id
        self.villages = [area.id for area in township.areas.values() if area.parent_id == home]
        self.a_book = _mould(BOOKS, township.books["deputy"].id)
        self.a_slip = _mould(SLIPS, township.books["deputy"].slips[-1].id)

    def values(self, cases: int) -> Iterator[tuple[str, list]]:
        """A table's name and values for it, row after row, each in the order of its columns."""
        shares = list(accumulate(pattern.share for pattern in self.patterns))
        for begin in range(0, cases, BATCH):
            size = min(BATCH, cases - begin)
            chosen = self.chance.choices(range(len(self.patterns)), cum_weights=shares, k=size)
            for name, rows in self._batch(chosen).items():
                yield name, list(chain.from_iterable(rows))
        # In the order of their index, which is the table.
        for word, copies in sorted(self.having.items()):
            ids = sorted(chain.from_iterable(copies))
            yield WORDS.name, [value for case in ids for value in (word, case)]
        yield SERIES.name, list(chain.from_iterable(self.numbers.items()))

    def _batch(self, chosen: list[int]) -> dict[str, list[list]]:
        found: dict[str, list[list]] = {table.name: [] for table in FILLED}
        for which, village in zip(chosen, self.chance.choices(self.villages, k=len(chosen)), strict=True):
            self._case(found, self.patterns[which], village)
            self._slip(found)
            self.copies[which].append(self.last["case"])
        # Each page of its largest index is written once.
        found["slip"].sort(key=lambda row: row[self.a_slip.places["lookup"]])
        return found

    def _case(self, found: dict, pattern: Pattern, village: int) -> None:
        last = self.last
        for mould, ids in pattern.rows:
            values = mould.values.copy()
            for place, table, nth in ids:
                values[place] = last[table] + 1 + nth
            found[mould.table].append(values)
        for table, count in pattern.counts:
            last[table] += count
        self.numbers[pattern.year] = number = self.numbers.get(pattern.year, 0) + 1
        case = found["case"][-1]
        case[KEY], case[NUMBER], case[VILLAGE] = new_key(), f"{pattern.year}-{number:04d}", village
        case[HEAD] = self._history(found["timeline"], pattern, f"case:{last['case']}")

    def _history(self, entries: list[list], pattern: Pattern, thing: str) -> str:
        head, entry = "", self.last["timeline"]
        for mould, seal in pattern.entries:
            entry += 1
            values = mould.values.copy()
            values[ENTRY], values[THING], values[PREVIOUS] = entry, thing, head
            head = values[SEAL] = seal(thing, head)
            entries.append(values)
        self.last["timeline"] = entry
        return head

    def _slip(self, found: dict) -> None:
        number = self.place % BOOK + 1
        if number == 1:
            self.book += 1
            self.last["book"] += 1
            found["book"].append(self.a_book.filled(id=self.last["book"], number=self.book, size=BOOK))
        self.place += 1
        self.last["slip"] += 1
        own = {"id": self.last["slip"], "book_id": self.last["book"], "number": number, "case_id": self.last["case"]}
        signs = {"lookup": lookup_for(code_for(self.book, number)), "serial": serial_for(self.book, number)}
        found["slip"].append(self.a_slip.filled(**own, **signs))


def _places(table: Table, *names: str) -> list[int]:
    columns = table.columns.keys()
    return [columns.index(name) for name in names]


KEY, NUMBER, VILLAGE, HEAD = _places(CASES, "key", "number", "village_id", "head")
ENTRY, THING, PREVIOUS, SEAL = _places(ENTRIES, "id", "thing", "previous", "hash")


def _last(column) -> int:
    return db.session.scalar(select(column).order_by(column.desc()).limit(1)) or 0


def _mould(table: Table, row_id: int) -> Mould:
    return Mould(table, db.session.execute(select(table).where(table.c.id == row_id)).one())
