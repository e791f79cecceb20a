"""What lies between a phone and its station: a proxy that drops, doubles, cuts,
delays and answers in the station's place, by a seed that each history sets."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).parent
TROUBLE = 0.4
OTHERS_TURN = 7
LONGEST_DELAY = 0.08
INSTEAD = {"busy": 503, "broken": 500, "no way": 502, "refused": 403, "signed out": 401}
KINDS = (
    "never arrives",
    "reply lost",
    "arrives late",
    "doubled",
    "cut",
    "stranger's page",
    "cookie lost",
    "other deputy",
    "slow",
    *INSTEAD,
)
PAGE = b"<!doctype html><title>Sign in</title><form method=post></form>"
HOP = {"connection", "transfer-encoding", "content-length", "server", "date"}


class Storm(ThreadingHTTPServer):
    """One phone's way to the station; ``change`` rewrites a module: address → (old, new)."""

    daemon_threads = True

    def __init__(self, station_port: int, cookie: str, other_cookie: str, change: dict | None = None):
        super().__init__(("127.0.0.1", 0), Passing)
        self.station_port, self.change = station_port, change or {}
        self.cookie, self.other_cookie = self._with_token(cookie), self._with_token(other_cookie)
        self.chance, self.raging, self.others_turn = random.Random(0), False, 0
        self.met: Counter[str] = Counter()
        # Answers after which a phone has nothing left to send of a record.
        self.finished_in_calm: Counter[str] = Counter()
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def _with_token(self, cookie: str) -> str:
        """The cookie after the first visit: the token's secret lies in it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.station_port, timeout=120)
        connection.request("GET", "/field/session", headers={"Cookie": cookie})
        response = connection.getresponse()
        assert response.status == 200, response.read()
        connection.close()
        return (response.headers["Set-Cookie"] or cookie).split(";")[0]

    def next_kind(self) -> str:
        """What befalls a request; another deputy's turn at the phone lasts for several."""
        if self.others_turn:
            self.others_turn -= 1
            return "other deputy"
        kind = self.chance.choice(KINDS) if self.chance.random() < TROUBLE else "passes"
        if kind == "other deputy":
            self.others_turn = OTHERS_TURN
        return kind

    def handle_error(self, request, client_address):
        """A phone that hung up is part of the game."""


class Passing(BaseHTTPRequestHandler):
    """One request on its way."""

    server: Storm

    def log_message(self, *_args):
        pass

    def pass_on(self):
        if self.path.startswith("/trial/"):
            return self._trial(self.path.split("?")[0].removeprefix("/trial/"))
        storm = self.server
        raging = storm.raging and self.path.startswith("/field/")
        kind = storm.next_kind() if raging else "passes"
        storm.met[kind if storm.raging or kind != "passes" else "in calm" if self.path.startswith("/field/") else "modules"] += 1
        length = int(self.headers.get("Content-Length") or 0)
        if kind == "cut":
            return self._cut(length)
        body = self.rfile.read(length)
        if kind == "never arrives":
            return None
        if kind in INSTEAD:
            return self._answer(INSTEAD[kind], {"Content-Type": "application/json"}, b'{"error": "no"}')
        if kind == "stranger's page":
            return self._answer(200, {"Content-Type": "text/html"}, PAGE)
        if kind == "arrives late":
            threading.Timer(storm.chance.uniform(0.01, 0.3), self._quietly, (body,)).start()
            return None
        if kind == "slow":
            time.sleep(storm.chance.uniform(0, LONGEST_DELAY))
        if kind == "doubled":
            self._quietly(body)
        cookie = {"cookie lost": "", "other deputy": storm.other_cookie}.get(kind, storm.cookie)
        status, headers, answer = self._ask(body, cookie)
        if kind == "reply lost":
            return None
        if not raging and self.path == "/field/sync" and status in (200, 201):
            said = json.loads(answer)
            storm.finished_in_calm[said["id"]] += not said["missing"]
        return self._answer(status, headers, answer)

    do_GET = do_HEAD = do_POST = do_PUT = pass_on

    def _ask(self, body: bytes, cookie: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.station_port, timeout=30)
        try:
            kept = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in {"host", "cookie", "connection", "accept-encoding"}
            }
            connection.request(self.command, self.path, body or None, {**kept, "Cookie": cookie})
            response = connection.getresponse()
            headers = {name: value for name, value in response.getheaders() if name.lower() not in {*HOP, "set-cookie"}}
            answer = response.read()
        finally:
            connection.close()
        if (change := self.server.change.get(self.path)) and response.status == 200:
            old, new = (word.encode() for word in change)
            assert old in answer, f"{self.path} no longer holds what the planted bug changes"
            answer = answer.replace(old, new)
        return response.status, headers, answer

    def _quietly(self, body: bytes) -> None:
        with suppress(OSError, http.client.HTTPException):
            self._ask(body, self.server.cookie)

    def _cut(self, length: int) -> None:
        """Half of the body reaches the station, then both lines are dead."""
        half = self.rfile.read(self.server.chance.randrange(length) if length else 0)
        connection = http.client.HTTPConnection("127.0.0.1", self.server.station_port, timeout=5)
        connection.putrequest(self.command, self.path, skip_host=False)
        for name in ("Content-Type", "Content-Length", "Content-Range", "X-CSRF-Token"):
            if value := self.headers.get(name):
                connection.putheader(name, value)
        connection.putheader("Cookie", self.server.cookie)
        connection.endheaders()
        connection.send(half)
        connection.close()

    def _trial(self, name: str) -> None:
        """The phone's own side of the trial, and what it tells the proxy."""
        if name.endswith(".js"):
            return self._answer(200, {"Content-Type": "text/javascript", "Cache-Control": "max-age=600"}, (HERE / name).read_bytes())
        if name.startswith("begin-"):
            self.server.chance.seed(int(name.removeprefix("begin-")))
        self.server.raging, self.server.others_turn = name == "storm", 0
        return self._answer(200, {"Content-Type": "text/html", "Cache-Control": "no-store"}, b"<!doctype html><title>Trial</title>")

    def _answer(self, status: int, headers: dict, body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
