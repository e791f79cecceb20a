"""Deputies' phones that send all the time and never give up: they resend until
the server acknowledges, and let a reply fall on the floor now and then."""

import http.client
import json
import random
import threading
import time

from tests.field.phone import a_photo, a_record, declare, sha

CHUNK = 16_000
DROPPED = 0.12
MOST_FAILURES = 10


class Lost(Exception):
    """The connection broke, or the reply was not heard."""


class Hopeless(Exception):
    """The server refuses for good what it should take: judged as a failure."""


class SendingPhone(threading.Thread):
    """``acknowledged``: id → (narrative, photos) for every record the phone has let go."""

    def __init__(self, port: int, cookie: str, stop: threading.Event, seed: int):
        super().__init__(daemon=True)
        self.port, self.cookie, self.stop, self.chance = port, cookie, stop, random.Random(seed)
        self.seed, self.token = seed, ""
        self.acknowledged: dict[str, tuple[str, list[str]]] = {}
        self.failures: list[str] = []
        self.sent = 0

    def run(self) -> None:
        try:
            self._send_all_the_time()
        except Hopeless:
            return

    def _send_all_the_time(self) -> None:
        while not self.stop.is_set():
            self.sent += 1
            photos = [a_photo(self.seed * 1_000_000 + self.sent * 10 + n) for n in range(self.chance.choice((0, 1, 1, 2)))]
            record = a_record(narrative=f"record {self.sent} of phone {self.seed}", attachments=declare(*photos))
            missing = self._until_heard(lambda record=record: self._words(record))
            for photo in photos:
                if sha(photo) in missing:
                    self._until_heard(lambda photo=photo: self._photo(photo))
            self.acknowledged[record["id"]] = (record["narrative"], [sha(photo) for photo in photos])

    def _until_heard(self, send):
        while True:
            if len(self.failures) > MOST_FAILURES:
                raise Hopeless
            try:
                if not self.token:
                    self.token = self._ask("GET", "/field/session")[1]["csrf_token"]
                return send()
            except (Lost, OSError, http.client.HTTPException, ValueError):
                time.sleep(self.chance.uniform(0.02, 0.15))

    def _words(self, record: dict) -> list[str]:
        edge = "edge-of-the-part"
        text = json.dumps(record, ensure_ascii=False)
        body = f'--{edge}\r\nContent-Disposition: form-data; name="case"\r\n\r\n{text}\r\n--{edge}--\r\n'.encode()
        status, reply = self._ask("POST", "/field/sync", body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
        if status not in (200, 201) or reply.get("id") != record["id"]:
            raise Lost
        return reply["missing"]

    def _photo(self, photo: bytes) -> None:
        have = 0
        while True:
            part = photo[have : have + CHUNK]
            headers = {"Content-Range": f"bytes {have}-{have + len(part) - 1}/{len(photo)}"}
            status, reply = self._ask("PUT", f"/field/attachments/{sha(photo)}", part, headers)
            if status == 201 and reply.get("sha256") == sha(photo):
                return
            if status not in (202, 416):
                raise Lost
            have = reply["have"]

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: dict | None = None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, body, {"Cookie": self.cookie, "X-CSRF-Token": self.token, **(headers or {})})
            if method != "GET" and self.chance.random() < DROPPED:
                time.sleep(self.chance.uniform(0, 0.05))
                raise Lost
            response = connection.getresponse()
            if cookie := response.headers.get("Set-Cookie"):
                self.cookie = cookie.split(";")[0]
            if response.status == 401:
                self.token = ""
            if response.status in (500, 404, 403, 409, 422):
                self.failures.append(f"{method} {path} {response.status}: {response.read(300)!r}")
                raise Lost
            return response.status, json.loads(response.read())
        finally:
            connection.close()
