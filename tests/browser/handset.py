"""What a deputy does on the phone, and what lies in its storage."""

import io

from PIL import Image

from tests.browser.field_station import PATIENCE, sign_in, until

WORDS = "三号条田渠道淤堵，浇不上水。"
STORED = """async () => {
  const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const db = await result(indexedDB.open("field"));
  const found = {};
  for (const name of db.objectStoreNames) {
    found[name] = await result(db.transaction(name).objectStore(name).getAll());
  }
  db.close();
  const all = [found, { ...localStorage }, { ...sessionStorage }].map((part) => JSON.stringify(part)).join();
  return { records: found.records, photos: found.photos.length, all };
}"""


def ready(handset, station, account="deputy"):
    """A page of the app, signed in, with everything kept for later."""
    handset.set_default_timeout(PATIENCE * 1000)
    page = handset.new_page()
    sign_in(page, station.url, account)
    page.goto(f"{station.url}/field")
    page.evaluate("navigator.serviceWorker.ready")
    until(page, lambda: page.evaluate("caches.open('field').then((c) => c.keys()).then((k) => k.length)") > 20, "the app is on the phone")
    until(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"), "the worker has the page")
    return page


def new_case(page, url, words=WORDS):
    page.goto(f"{url}/field/new")
    page.wait_for_selector("field-form[data-ready]")
    page.check("[name=category][value=water]")
    page.select_option("[name=village]", "v01")
    page.fill("textarea[name=narrative]", words)


def read_back(page):
    page.click("[data-go-on]")
    page.wait_for_selector("[data-read-back]:visible")


def keep(page):
    read_back(page)
    page.wait_for_timeout(600)
    page.click("[data-keep]")
    page.wait_for_selector("[data-slip]:visible")


def picture() -> dict:
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CANARY CAMERA"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(photo, "JPEG", exif=exif)
    return {"name": "field.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}


def stored(page):
    return page.evaluate(STORED)
