"""Pages behind a slip that were drawn a moment ago, answered again as they were.

A page is kept with the headers it left with, in this process alone, and handed
out again while its marks (glance.py) are the same in the database and no hour has
come that changes it by itself. What pages have in common, their beginning and most
headers, is held once for all of them. The browser still keeps nothing.
"""

import re
import sys
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.database import db, now
from fieldapp.public.glance import MARKS, Glance

ROOM = 8 * 2**20
HEADERS = (
    "HTTP_HOST",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HX_REQUEST",
    "wsgi.url_scheme",
)
LONGEST = 200
QUERY = re.compile(r"(lang=(zh|ug|en))?(&?all=1)?")
NOTICED = "fieldapp.glance"


# What keeping a page takes beside its own part: its key, its marks, its times.
BESIDE = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it left, and since when it is true."""

    glance: Glance
    since: datetime
    status: str
    headers: tuple
    beginning: bytes
    own: bytes

    @property
    def weight(self) -> int:
        return len(self.own) + BESIDE

    @property
    def length(self) -> tuple[str, str]:
        return "Content-Length", str(len(self.beginning) + len(self.own))


class KeptPages:
    """Stands before the application; what it does not know, it passes on."""

    def __init__(self, app: Flask, room: int = ROOM):
        self.app, self.inner, self.room = app, app.wsgi_app, room
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.headers: dict[tuple, tuple] = {}
        self.held, self.lock = 0, Lock()

    @cached_property
    def engine(self):
        with self.app.app_context():
            return db.engine

    def _stands(self, glance: Glance) -> bool:
        """Whether nothing changed; where the database cannot say, the application answers."""
        try:
            return MARKS.first(self.engine, lookup=glance.lookup) == glance.marks
        except (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error):
            return False

    def __call__(self, environ, start_response):
        key = asked(environ)
        if key is None:
            return self.inner(environ, start_response)
        page = self.pages.get(key)
        if page and page.since <= now() < page.glance.until and self._stands(page.glance):
            start_response(page.status, [*page.headers, page.length])
            return [page.beginning, page.own]
        return self._drawn(key, environ, start_response)

    def _drawn(self, key, environ, start_response):
        """The application's answer; kept where the route left a glance with it."""
        began: list = []

        def starting(status, headers, *rest):
            began[:] = status, headers
            return start_response(status, headers, *rest)

        since, answer = now(), self.inner(environ, starting)
        glance = environ.get(NOTICED)
        # A page in its frame is in two parts (frame.py).
        if glance is not None and began[0].startswith("200") and isinstance(answer, list) and len(answer) == 2:
            # The server dates each answer.
            headers = tuple(pair for pair in began[1] if pair[0] not in ("Date", "Content-Length"))
            self._keep(key, Page(glance, since, began[0], self.headers.setdefault(headers, headers), *answer))
        return answer

    def _keep(self, key, page: Page) -> None:
        with self.lock:
            before = self.pages.pop(key, None)
            self.held += page.weight - (before.weight if before else 0)
            self.pages[key] = page
            while self.held > self.room:
                self.held -= self.pages.popitem(last=False)[1].weight


def asked(environ) -> tuple | None:
    """What an answer depends on beside the database; None for what is not kept:
    another method, a cookie, an address that is more than a code and a language."""
    path = environ["PATH_INFO"]
    if path[:3] not in ("/s/", "/S/") or environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" in environ:
        return None
    query = environ.get("QUERY_STRING", "")
    if len(path) > LONGEST or (query and not QUERY.fullmatch(query)):
        return None
    said = tuple(sys.intern(environ.get(name, "")) for name in HEADERS)
    return (path, query, *said) if len("".join(said)) <= LONGEST * 2 else None
