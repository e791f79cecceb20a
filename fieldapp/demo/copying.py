"""Copies of the patterns: what each has of its own: ids, number, key, slip and seals."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, chain
from operator import add, itemgetter
from random import Random

from sqlalchemy import Table, select

from fieldapp.cases.intake import new_key
from fieldapp.cases.search import CaseWord
from fieldapp.database import db
from fieldapp.demo.bulk import COPIED, COUNTED, ENTRIES, SAID, Pattern
from fieldapp.demo.township import Township
from fieldapp.series import Series
from fieldapp.slips.signs import code_for, lookup_for, serial_for
from fieldapp.slips.slip import Book, Slip

BATCH = 5000
BOOK = 99
BOOKS, SLIPS, SERIES, WORDS = (model.__table__ for model in (Book, Slip, Series, CaseWord))
FILLED: list[Table] = [BOOKS, *COUNTED, ENTRIES, SLIPS]  # type: ignore[list-item]
# The columns for which values are given, in their order.
GIVEN: dict[str, tuple] = {
    COPIED.name: ("pattern", "village_id", "key", "number", "head", *(table.name for table in COUNTED)),
    SAID.name: ("id", "phrase", "thing", "previous", "hash"),
    SLIPS.name: ("lookup", "id", "book_id", "number", "issue", "serial", "case_id"),
    WORDS.name: ("word", "case_id"),
    SERIES.name: ("name", "last"),
}


class Copies:
    """Reads the database when it is made, and needs none to go on; ``next`` are
    the ids of a copy's first rows."""

    def __init__(self, township: Township, patterns: list[Pattern], seed: int):
        self.patterns, self.chance = patterns, Random(seed)  # nosec B311: inventions, no secrets
        self.next = [_last(table.c.id) + 1 for table in COUNTED]
        self.entry, self.slip, self.book = (_last(table.c.id) for table in (ENTRIES, SLIPS, BOOKS))
        self.book_number, self.place = _last(BOOKS.c.number), 0
        self.numbers: dict[str, int] = dict(db.session.execute(select(Series.name, Series.last)).tuples().all())
        first = accumulate((len(pattern.phrases) for pattern in patterns), initial=0)
        self.phrases = [list(enumerate(pattern.seals, begin)) for pattern, begin in zip(patterns, first, strict=False)]
        self.having: dict[str, list[array]] = defaultdict(list)
        self.copies = [array("q") for _pattern in patterns]
        for pattern, copies in zip(patterns, self.copies, strict=True):
            for word in pattern.words:
                self.having[word].append(copies)
        home = township.areas["main"].id
        self.villages = [area.id for area in township.areas.values() if area.parent_id == home]
        self.a_book = dict(db.session.execute(select(BOOKS).where(BOOKS.c.id == township.books["deputy"].id)).mappings().one())

    def made(self, cases: int) -> Iterator[dict[str, list]]:
        """By a table's name what to add to it: books in full, of others the values
        of row after row, in the order of ``GIVEN``."""
        shares = list(accumulate(pattern.share for pattern in self.patterns))
        for begin in range(0, cases, BATCH):
            size = min(BATCH, cases - begin)
            yield self._batch(self.chance.choices(range(len(self.patterns)), cum_weights=shares, k=size))
        # In the order of their index, which is the table.
        for word, copies in sorted(self.having.items()):
            ids = sorted(chain.from_iterable(copies))
            yield {WORDS.name: [value for case in ids for value in (word, case)]}
        yield {SERIES.name: list(chain.from_iterable(self.numbers.items()))}

    def _batch(self, chosen: list[int]) -> dict[str, list]:
        books: list[dict] = []
        slips: list[tuple] = []
        copied: list = []
        said: list = []
        for which, village in zip(chosen, self.chance.choices(self.villages, k=len(chosen)), strict=True):
            case, pattern = self.next[0], self.patterns[which]
            slips.append(self._slip(case, books))
            head = self._history(said, self.phrases[which], f"case:{case}")
            copied += (which, village, new_key(), self._number(pattern.year), head, *self.next)
            self.next = list(map(add, self.next, pattern.counts))
            self.copies[which].append(case)
        # Each page of its largest index is written once.
        slips.sort(key=itemgetter(0))
        return {BOOKS.name: books, SLIPS.name: list(chain.from_iterable(slips)), COPIED.name: copied, SAID.name: said}

    def _history(self, said: list, phrases: list, thing: str) -> str:
        head = ""
        for phrase, seal in phrases:
            self.entry += 1
            previous, head = head, seal(thing, head)
            said += (self.entry, phrase, thing, previous, head)
        return head

    def _number(self, year: str) -> str:
        self.numbers[year] = number = self.numbers.get(year, 0) + 1
        return f"{year}-{number:04d}"

    def _slip(self, case: int, books: list) -> tuple:
        number = self.place % BOOK + 1
        if number == 1:
            self.book, self.book_number = self.book + 1, self.book_number + 1
            books.append(self.a_book | {"id": self.book, "number": self.book_number, "size": BOOK})
        self.place, self.slip = self.place + 1, self.slip + 1
        lookup = lookup_for(code_for(self.book_number, number))
        return lookup, self.slip, self.book, number, 1, serial_for(self.book_number, number), case


def _last(column) -> int:
    return db.session.scalar(select(column).order_by(column.desc()).limit(1)) or 0
