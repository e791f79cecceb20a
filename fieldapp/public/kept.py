"""Pages behind a slip, where a browser asks for nothing but the page.

Such a page is drawn here without a request of Flask's: by the same function, from
the same record, under the headers that the application gave the last page of its
kind. It is kept in this process alone, and handed out again while its marks
(glance.py) are the same in the database and no hour has come that changes it by
itself. What opens nothing, and whatever goes wrong, is the application's to answer.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from flask import Flask, g

from fieldapp import language
from fieldapp.database import db, now
from fieldapp.public.glance import MARKS, Glance

ROOM = 8 * 2**20
# What is said beside an address: a page's headers, its packing and its language follow from it.
SAID = (
    "SCRIPT_NAME",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HX_REQUEST",
    "wsgi.url_scheme",
)
LONGEST = 400
PATH = re.compile(r"/[sS]/[0-9A-Za-z-]{26,40}")
QUERY = re.compile(r"(?:lang=(zh|ug|en))?(&?all=1)?")
# What programs for chatting add to an address says nothing to the page.
ADDED = re.compile(r"(?!.*(?:lang|all|%))[!-~]{1,200}")
# What keeping a page takes beside its own part: its key, its marks, its times.
BESIDE = 1000
KINDS = 1000


class Asked(NamedTuple):
    """All that a page depends on beside the database, and whether it is worth keeping."""

    path: str
    wish: str
    all: bool
    keeps: bool
    said: tuple[str | None, ...]

    @property
    def root(self) -> str:
        return self.said[0] or ""

    @property
    def languages(self) -> str:
        return self.said[1] or ""

    @property
    def codings(self) -> str:
        return self.said[2] or ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is answered, and since when it is true."""

    glance: Glance
    since: datetime
    beginning: bytes
    own: bytes

    @property
    def weight(self) -> int:
        return len(self.own) + BESIDE

    @property
    def length(self) -> int:
        return len(self.beginning) + len(self.own)


class KeptPages:
    """Stands before the application; what it does not know, it passes on. ``draw``
    makes a glance and the two parts of a page of what was asked, or None."""

    def __init__(self, app: Flask, draw: Callable, room: int = ROOM):
        self.app, self.inner, self.draw, self.room = app, app.wsgi_app, draw, room
        self.pages: OrderedDict[Asked, Page] = OrderedDict()
        # What was said, and the headers that the application gave for it.
        self.kinds: dict[tuple, tuple] = {}
        self.held, self.lock = 0, Lock()

    @cached_property
    def engine(self):
        with self.app.app_context():
            return db.engine

    def __call__(self, environ, start_response):
        asked = asked_in(environ)
        if asked is None:
            return self.inner(environ, start_response)
        known = self.kinds.get(asked.said)
        if known is None:
            return self.inner(environ, self._learning(asked.said, start_response))
        said, headers = known
        page = self._page(asked, said)
        if page is None:
            return self.inner(environ, start_response)
        start_response("200 OK", [*headers, ("Content-Length", str(page.length))])
        return [page.beginning, page.own]

    def _learning(self, said, start_response):
        def starting(status, headers, *rest):
            if status.startswith("200") and len("".join(filter(None, said))) <= LONGEST:
                if len(self.kinds) >= KINDS:
                    self.kinds.clear()
                # The server dates each answer.
                self.kinds[said] = said, tuple(pair for pair in headers if pair[0] not in ("Date", "Content-Length"))
            return start_response(status, headers, *rest)

        return starting

    def _page(self, asked: Asked, said: tuple) -> Page | None:
        page = self.pages.get(asked)
        try:
            if page and page.since <= now() < page.glance.until and self._stands(page.glance):
                return page
            page = self._drawn(asked)
        except Exception:
            # The application meets it too, and says it in its own way.
            return None
        if page and asked.keeps:
            # What was said stands in memory once for all pages of a kind.
            self._keep(asked._replace(said=said), page)
        return page

    def _stands(self, glance: Glance) -> bool:
        """Whether nothing changed."""
        return MARKS.first(self.engine, lookup=glance.lookup) == glance.marks

    def _drawn(self, asked: Asked) -> Page | None:
        since = now()
        with self.app.app_context():
            g.writing = False
            language.speak(asked.wish, asked.languages)
            drawn = self.draw(asked)
        return drawn and Page(drawn[0], since, *drawn[1])

    def _keep(self, asked: Asked, page: Page) -> None:
        with self.lock:
            before = self.pages.pop(asked, None)
            self.held += page.weight - (before.weight if before else 0)
            self.pages[asked] = page
            while self.held > self.room:
                self.held -= self.pages.popitem(last=False)[1].weight


def asked_in(environ) -> Asked | None:
    """What is asked for; None for what is not drawn here: another method, a cookie,
    an address that is more than a code and a language."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" in environ or not PATH.fullmatch(path):
        return None
    said = tuple(map(environ.get, SAID))
    if plain := QUERY.fullmatch(query):
        return Asked(path, plain[1] or "", bool(plain[2]), True, said)
    return Asked(path, "", False, False, said) if ADDED.fullmatch(query) else None
