"""Whether suggestions agree with their timelines."""

from collections.abc import Iterator

from sqlalchemy import select

from fieldapp.database import db
from fieldapp.suggestions.suggestion import Suggestion


def findings(heads: dict[str, tuple[str, str | None]]) -> Iterator[str]:
    """A sentence for each suggestion that does not hold; ``heads`` are the last
    hash and state of each thing in the timeline."""
    for suggestion in db.session.scalars(select(Suggestion)):
        last_hash, last_state = heads.get(suggestion.thing, ("", None))
        if suggestion.head != last_hash:
            yield f"suggestion {suggestion.number}: its timeline ({suggestion.thing}) lacks its last entry"
        elif suggestion.state != last_state:
            yield f"suggestion {suggestion.number}: state {suggestion.state}, but the timeline says {last_state}"
