"""What is asked for: as bytes, ready to be sent."""

import http.cookiejar
import json
import os
import re
import secrets
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass

from bench.site import PASSWORD, Server, Site

AS_A_PHONE = (
    "User-Agent: Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br\r\n"
)
LANGUAGES = {"zh": "zh-CN,zh;q=0.9", "ug": "ug-CN,ug;q=0.9", "en": "en-US,en;q=0.9"}
SLIPS = 2000
SEEN_AGAIN = 100
RECORDS = 4000


@dataclass(frozen=True)
class Page:
    """A page's name, the share of bare Flask's rate to reach, and whether it writes."""

    name: str
    reach: float | None
    writes: bool = False


PAGES = (
    # Each page drawn for its request alone; and pages that were drawn a moment ago.
    Page("resident", 0.45),
    Page("resident, again", 0.45),
    Page("desk", None),
    Page("ledger", 0.20),
    Page("ledger, one state", 0.20),
    Page("ledger, deep", 0.20),
    Page("search 水渠", 0.15),
    Page("search by number", 0.15),
    Page("case logged", 0.12, writes=True),
)


def get(path: str, language: str = "zh", cookie: str = "") -> bytes:
    cookies = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{AS_A_PHONE}Accept-Language: {LANGUAGES[language]}\r\n{cookies}\r\n".encode()


class Person:
    """Somebody signed in: a cookie for the requests."""

    def __init__(self, server: Server, account: str):
        self.base = f"http://127.0.0.1:{server.port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        form = self.read("/sign-in")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        data = {"name": account, "password": PASSWORD, "csrf_token": token.group(1) if token else ""}
        hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', form)
        with self.opener.open(f"{self.base}/sign-in", urllib.parse.urlencode({**dict(hidden), **data}).encode()) as answer:
            if "/sign-in" in answer.url:
                raise SystemExit(f"{account} could not sign in.")

    def read(self, path: str) -> str:
        with self.opener.open(self.base + path) as answer:
            return answer.read().decode()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def requests(site: Site, server: Server) -> dict[str, list[bytes]]:
    """Page name → requests that are sent in turn; those that write come from ``records``."""
    chair = Person(server, "chair")
    # Spread over the whole database, so that a cache of the last few does not flatter.
    codes = site.codes
    codes = codes[:: max(1, len(codes) // SLIPS)][:SLIPS]
    numbers = re.findall(r'href="/cases/([^"/?]+)"', chair.read("/ledger"))
    signed = {
        "desk": "/desk",
        "ledger": "/ledger",
        "ledger, one state": "/ledger?state=handed_over",
        "ledger, deep": f"/ledger?before={max(30, site.cases // 2)}",
        "search 水渠": "/ledger?q=" + urllib.parse.quote("水渠"),
        "search by number": "/ledger?q=" + (numbers[0] if numbers else "2026-0001"),
    }
    return {
        "resident": [get(f"/s/{code}?drawn=anew") for code in codes],
        "resident, again": [get(f"/s/{code}") for code in codes[:SEEN_AGAIN]],
        **{name: [get(path, cookie=chair.cookie)] for name, path in signed.items()},
    }


def records(server: Server) -> list[bytes]:
    """A deputy's cases as a phone sends them, each once."""
    deputy = Person(server, "deputy")
    session = json.loads(deputy.read("/field/session"))
    category, village = session["categories"][0]["code"], session["villages"][0]["code"]
    return [_record(deputy.cookie, session["csrf_token"], category, village) for _ in range(RECORDS)]


def _record(cookie: str, token: str, category: str, village: str) -> bytes:
    record = {
        "id": _key(),
        "slip": None,
        "serial": None,
        "narrative": f"三号条田渠道淤堵，浇不上水，请尽快清淤。{secrets.token_hex(3)}",
        "summary": "",
        "category": category,
        "village": village,
        "kind": "difficulty",
        "activity": None,
        "on_the_spot": None,
        "anonymous": False,
        "sealed_contact": None,
        "captured_at": "2026-11-22T09:30:00+08:00",
        "attachments": [],
    }
    body = (
        b'--b\r\nContent-Disposition: form-data; name="case"\r\nContent-Type: application/json\r\n\r\n%s\r\n--b--\r\n'
        % json.dumps(record, ensure_ascii=False).encode()
    )
    head = (
        f"POST /field/sync HTTP/1.1\r\nHost: 127.0.0.1\r\n{AS_A_PHONE}Cookie: {cookie}\r\nX-CSRF-Token: {token}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _key() -> str:
    """A UUIDv7, as the phone makes it."""
    digits = f"{time.time_ns() // 1_000_000:012x}7{os.urandom(2).hex()[:3]}{8 | secrets.randbelow(4):x}{os.urandom(8).hex()[:15]}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
