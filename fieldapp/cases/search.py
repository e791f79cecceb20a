"""Finding a case by its words: Chinese by pairs of characters, Uyghur and
other scripts by words and their beginnings. Contacts are never indexed."""

import re
import unicodedata

from sqlalchemy import ForeignKey, String, delete, exists, insert, inspect
from sqlalchemy.orm import Mapped, aliased, mapped_column

from fieldapp.database import db

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")
WORD = re.compile(r"[^\W_㐀-䶿一-鿿豈-﫿]+")
FOLD = str.maketrans({"ي": "ى", "ی": "ى", "ك": "ك", "ک": "ك", "ە": "ە", "ه": "ە", "ـ": None})
LONGEST = 24


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
        db.session.execute(insert(CaseWord.__table__), fresh)


def summary_before(case) -> str:
    """The summary as the database has it."""
    changed = inspect(case).attrs.summary.history.deleted
    return (changed[0] if changed else case.summary) or ""


def condition(case_id, text: str):
    """SQL conditions, all of which hold for a case that has these words."""
    return [_has(case_id, word, whole) for word, whole in _sought(text)]


def _sought(text: str) -> list[tuple[str, bool]]:
    folded = fold(text)
    found = []
    for run in HAN.findall(folded):
        pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        found += [(pair, len(pair) == 2) for pair in pairs]
    return (found + [(word[:LONGEST], False) for word in WORD.findall(folded)])[:8]


def _has(case_id, word: str, whole: bool):
    row = aliased(CaseWord)
    matches = row.word == word if whole else (row.word >= word) & (row.word < word + "\U0010ffff")
    return exists().where(row.case_id == case_id, matches)
