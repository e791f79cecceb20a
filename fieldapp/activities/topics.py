"""Usual topics of a round: read in the reader's language, whichever it was
written in. Any other words are free, and stay as they were typed."""

from functools import cache

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from fieldapp.language import LANGUAGES

USUAL = (
    _l("Spring planting and irrigation"),
    _l("Autumn irrigation"),
    _l("Winter heating"),
    _l("Livestock in winter"),
    _l("Roads and bridges"),
    _l("Water and electricity"),
    _l("Waste and clean villages"),
    _l("Health insurance"),
    _l("Children's schooling"),
    _l("Work and income"),
    _l("Policies explained"),
)


def read(topic: str) -> str:
    usual = _usual().get(topic.casefold())
    return topic if usual is None else str(USUAL[usual])


@cache
def _usual() -> dict[str, int]:
    """Which of them these words are, in any language."""
    known = {}
    for language in LANGUAGES:
        with force_locale(language):
            known |= {str(words).casefold(): place for place, words in enumerate(USUAL)}
    return known
