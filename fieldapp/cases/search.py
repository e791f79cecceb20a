"""Finding a case by its words: Chinese by pairs of characters, Uyghur and
other scripts by words and their beginnings. Contacts are never indexed."""

import re
import unicodedata
from collections.abc import Callable

from sqlalchemy import ForeignKey, String, and_, bindparam, delete, exists, insert, inspect, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.rows import Written

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")
WORD = re.compile(r"[^\W_㐀-䶿一-鿿豈-﫿]+")
FOLD = str.maketrans({"ي": "ى", "ی": "ى", "ك": "ك", "ک": "ك", "ە": "ە", "ه": "ە", "ـ": None})
LONGEST = 24
LAST = "\U0010ffff"
MOST_WORDS = 8


class CaseWord(db.Model):
    """A pair of characters or a word that stands in a case's words or summary."""

    __tablename__ = "case_word"
    # In SQLite its key alone is the table: half the size.
    __table_args__ = {"sqlite_with_rowid": False}

    word: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(FOLD)


def words_of(text: str) -> set[str]:
    """What is kept of a text: pairs of Han characters (and a run's last one), words of other scripts."""
    pairs, words = fold_words(text)
    return pairs | {word[:LONGEST] for word in words}


def fold_words(text: str) -> tuple[set[str], set[str]]:
    """Pairs of Han characters (and a run's last one); words of other scripts."""
    folded = fold(text)
    return {run[i : i + 2] for run in HAN.findall(folded) for i in range(len(run))}, set(WORD.findall(folded))


def index(case, before: str | None = None) -> None:
    """Keeps the words of the case findable; the caller commits. ``before`` is the
    summary it was indexed with; None for a new case. Rows are found by their
    whole key: nothing looks for all rows of a case among those of a million."""
    known = set() if before is None else words_of(f"{case.narrative}\n{before}")
    wanted = words_of(f"{case.narrative}\n{case.summary}")
    if gone := known - wanted:
        db.session.execute(delete(CaseWord.__table__).where(CaseWord.case_id == case.id, CaseWord.word.in_(gone)))
    if fresh := [{"word": word, "case_id": case.id} for word in sorted(wanted - known)]:
        KEPT(*fresh)


KEPT = Written(lambda: insert(CaseWord.__table__))


def summary_before(case) -> str:
    """The summary as the database has it."""
    changed = inspect(case).attrs.summary.history.deleted
    return (changed[0] if changed else case.summary) or ""


def sought(text: str) -> tuple[tuple[Callable, ...], dict]:
    """Conditions (``listing``), all of which hold for a case that has these words,
    and what they leave open."""
    words = _sought(text)
    conditions = tuple(leads if whole and not n else (_HAS if whole else _BEGINS)[n] for n, (_word, whole) in enumerate(words))
    values = {f"word{n}": word for n, (word, _whole) in enumerate(words)}
    return conditions, values | {f"beyond{n}": word + LAST for n, (word, whole) in enumerate(words) if not whole}


def _sought(text: str) -> list[tuple[str, bool]]:
    """Pairs that stand as they are, then beginnings of words."""
    folded = fold(text)
    runs = HAN.findall(folded)
    pairs = [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
    words = [run for run in runs if len(run) == 1] + [word[:LONGEST] for word in WORD.findall(folded)]
    return ([(pair, True) for pair in pairs] + [(word, False) for word in words])[:MOST_WORDS]


def leads(_reader):
    """The first word leads to its cases, in their order; no case is looked through for it."""
    return and_(CaseWord.word == bindparam("word0"), CaseWord.case_id == Case.id)


def latest():
    """The order of what a word leads to."""
    return (CaseWord.case_id.desc(),)


def earliest():
    return (CaseWord.case_id,)


def _has(n: int):
    def condition(_reader):
        row = aliased(CaseWord)
        return exists().where(row.word == bindparam(f"word{n}"), row.case_id == Case.id)

    return condition


def _begins(n: int):
    begins = (CaseWord.word >= bindparam(f"word{n}"), CaseWord.word < bindparam(f"beyond{n}"))
    return lambda _reader: Case.id.in_(select(CaseWord.case_id).where(*begins))


_HAS = [_has(n) for n in range(MOST_WORDS)]
_BEGINS = [_begins(n) for n in range(MOST_WORDS)]
