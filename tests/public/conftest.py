"""A matter as a resident fills it in; a page by both ways."""

import pytest

from fieldapp.public.kept import KeptPages
from tests.public.ways import ADDED, answer, environ_of, nobody


@pytest.fixture
def matter(cast):
    return {
        "category": cast.category("roads").id,
        "village": cast.area("v02").id,
        "narrative": "路面坑洼，下雨走不了。",
        "website": "",
        "share": "no",
    }


@pytest.fixture
def pages(app) -> KeptPages:
    """What stands before the application, behind the waiting room."""
    return app.wsgi_app.inner


@pytest.fixture
def both(pages):
    """The application's answer; the page drawn without it, and the kept one, must be the same."""

    def both(address, headers=None, kept=None, **asked):
        kept = kept or pages
        told = answer(kept.inner, environ_of(address, headers, **asked))
        answer(kept, environ_of(address, headers, **asked))
        inner, kept.inner = kept.inner, nobody
        try:
            for _ in ("drawn", "kept"):
                assert answer(kept, environ_of(address, headers, **asked)) == told
            if "?" not in address:
                assert answer(kept, environ_of(address + ADDED, headers, **asked)) == told
        finally:
            kept.inner = inner
        return told

    return both
