"""A phone enrolled by the chair, what lies in its stores, and how time passes for it."""

from hashlib import sha256

from fieldapp.database import db, now
from fieldapp.people import devices, enrolling
from fieldapp.people.device import Device
from fieldapp.people.person import Person
from fieldapp.people.session import Session
from tests.browser.field_station import until

PIN = "704193"
OPEN = """
  const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const db = await result(indexedDB.open("field"));
"""
FACT = f"""async (name) => {{{OPEN}
  const value = await result(db.transaction("facts").objectStore("facts").get(name));
  db.close();
  return value;
}}"""
AN_HOUR_AGO = f"""async () => {{{OPEN}
  const writing = db.transaction(["facts", "records"], "readwrite");
  await result(writing.objectStore("facts").put(Date.now() - 3600000, "open"));
  for (const record of await result(writing.objectStore("records").getAll())) {{
    await result(writing.objectStore("records").put({{ ...record, changed_at: Date.now() - 3600000 }}));
  }}
  db.close();
}}"""
# Every place where a browser keeps something for a page.
DUMP = """async () => {
  const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const spell = async (value) => {
    if (value instanceof Blob) return value.text();
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
    if (!value || typeof value !== "object") return String(value);
    return (await Promise.all(Object.entries(value).map(async ([name, one]) => `${name}=${await spell(one)}`))).join();
  };
  const found = [document.cookie, location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  for (const { name } of await indexedDB.databases()) {
    const db = await result(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      for (const what of ["getAllKeys", "getAll"]) found.push(await spell(await result(db.transaction(store).objectStore(store)[what]())));
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  return found.join("\\n");
}"""


class Office:
    """What the chair and the passing of time do at the station."""

    def __init__(self, station):
        self.station = station

    def token(self, account: str) -> str:
        with self.station.app.app_context():
            token = enrolling.invite(_person("chair"), _person(account))
            db.session.commit()
            return token

    def phone_of(self, account: str) -> int:
        with self.station.app.app_context():
            query = db.select(Device.id).where(Device.person_id == _person(account).id, Device.revoked_at.is_(None))
            return db.session.scalars(query).one()

    def revokes(self, account: str) -> None:
        number = self.phone_of(account)
        with self.station.app.app_context():
            devices.revoke(_person("chair"), db.session.get_one(Device, number), None)
            db.session.commit()

    def ends_sessions(self) -> None:
        """Nothing goes by itself any more, in the background neither."""
        with self.station.app.app_context():
            db.session.execute(db.update(Session).values(revoked_at=now()))
            db.session.commit()

    def lets_time_pass(self) -> None:
        with self.station.app.app_context():
            db.session.execute(db.update(Device).values(open_until=now()))
            db.session.commit()


def _person(account: str) -> Person:
    return db.session.scalars(db.select(Person).filter_by(account=account)).one()


def enrol(page, office: Office, account: str = "deputy", pin: str = PIN):
    """The phone's browser reads the code and the deputy chooses a PIN."""
    url = office.station.url
    page.goto(f"{url}/field/enrol/{office.token(account)}")
    page.fill("[name=pin]", pin)
    page.fill("[name=again]", pin)
    page.click("main form button")
    page.wait_for_url(f"{url}/field")
    page.evaluate("navigator.serviceWorker.ready")
    until(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"), "the worker has the page")
    until(page, lambda: page.evaluate("caches.open('field').then((c) => c.keys()).then((k) => k.length)") > 20, "the app is on the phone")
    # Only once the station has spoken does the page ask for the list: then it writes of itself no more that it is open.
    with page.expect_response("**/field/mine*"):
        page.goto(f"{url}/field")
    page.wait_for_selector("field-home:visible")
    until(page, lambda: page.evaluate(FACT, "cases"), "the list is on the phone")


def leave(page, office: Office) -> None:
    """The phone lies in a pocket for an hour: for itself, and for the station."""
    office.lets_time_pass()
    page.evaluate(AN_HOUR_AGO)


def unlock(page, pin: str = PIN) -> None:
    page.fill("field-lock [name=pin]", pin)
    page.click("field-lock button")


def wrong_pin(page) -> str:
    """A PIN that even the eight bits the phone knows tell from the right one."""
    device = page.evaluate(FACT, "session")["device"]
    tries = (f"{number:06}" for number in range(999_998, 0, -1))
    return next(pin for pin in tries if not sha256((device["salt"] + pin).encode()).hexdigest().startswith(device["hint"]))


def covered(page) -> bool:
    page.wait_for_selector("field-lock:visible")
    return not page.is_visible("field-home")
