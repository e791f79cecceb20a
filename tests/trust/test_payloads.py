"""Hostile words in every field, shown to every role: on no page do they become more than words."""

import os
from collections import Counter

import html5lib
import pytest

from fieldapp.database import db
from tests.chromium import browser
from tests.trust.planting import addresses, lived, plant, typed_columns

WANTED = int(os.environ.get("FAULT_PAYLOADS", "100"))
# In a push a browser opens one page of each kind, and a matter's page as each role has it.
WHOLE = "FAULT_PAYLOADS" in os.environ
SITE = "http://station.example"


@pytest.fixture
def site(app, cast):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("The words of the timeline are changed in the file of an SQLite site.")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return lived(cast)


def test_every_column_that_somebody_types_into_is_planted(app):
    names = {f"{column.table.name}.{column.name}" for column in typed_columns()}
    assert len(names) > 40
    assert names >= {"case.narrative", "case.summary", "answer.text", "timeline.note", "person.names", "unit.names", "suggestion.title"}
    assert not names & {"case.state", "slip.lookup", "timeline.hash", "person.password_hash"}


def grown(html: str) -> list[str]:
    """What in a page was never in a template: an active element or attribute."""
    found = []
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        values = {str(name).lower(): value or "" for name, value in element.attrib.items()}
        active = [name for name in values if name.startswith(("on", "hx-on", "data-hx-on")) or name == "srcdoc"]
        ways = [values[name] for name in ("href", "src", "action", "formaction", "data", "content") if name in values]
        led = [way for way in ways if way.strip().lower().startswith(("javascript:", "//")) or "evil.example" in way]
        if active or led or (element.tag == "script" and "hit()" in (element.text or "")) or element.tag in ("object", "math", "base"):
            found.append(f"{element.tag} {values}")
    return found


def test_on_no_page_of_anybody_do_hostile_words_become_an_element_or_an_attribute(site, visit):
    planted, seed, shown = 0, 0, 0
    while planted < WANTED:
        planted += len(set(plant(seed)))
        for account, pages in addresses(site).items():
            client = visit(account)
            for page in pages:
                reply = client.get(page)
                assert reply.status_code in (200, 302, 404), (account, page, reply.status_code)
                shown += "hit()" in reply.text
                assert grown(reply.text) == [], (account, page, seed)
        seed += 1
    assert planted >= WANTED and shown > 30


def test_in_a_real_browser_nothing_runs_and_nothing_is_even_held_back(app, site, visit):
    """Nothing for the policy to stop: neither a script of theirs nor a violation of the content policy."""
    plant(1)
    wrong, opened, files, rules, met = [], 0, {}, app.url_map.bind("localhost"), Counter()
    for account, pages in addresses(site).items():
        client = visit(account)
        context = browser().new_context(viewport={"width": 1366, "height": 768}, locale="en")
        context.route("**/*", answering(client, files))
        context.add_init_script(
            "window.hit = () => { window.was_hit = true };"
            "document.addEventListener('securitypolicyviolation', (e) => { (window.held ||= []).push(e.violatedDirective + ' ' + e.blockedURI) })"
        )
        page = context.new_page()
        page.on("dialog", lambda dialog, account=account: (wrong.append((account, "dialog")), dialog.dismiss()))
        for address in pages:
            endpoint = rules.match(address.split("?")[0])[0]
            kind = (endpoint, account if endpoint == "cases.case" else "")
            met[kind] += 1
            if (met[kind] > 1 and not WHOLE) or "hit()" not in client.get(address).text:
                continue
            page.goto(SITE + address, wait_until="load")
            opened += 1
            if page.evaluate("window.was_hit || (window.held || []).length"):
                wrong.append((account, address, page.evaluate("[window.was_hit, window.held]")))
            if page.url.split("?")[0] != (SITE + address).split("?")[0]:
                wrong.append((account, address, page.url))
        context.close()
    assert wrong == [] and opened > 15


def answering(client, files: dict):
    """The page's requests, answered by the application itself: no server between.
    What is the same for everybody is asked for once."""

    def answer(route):
        asked = route.request
        if not asked.url.startswith(SITE):
            return route.abort()
        if asked.url in files:
            return route.fulfill(**files[asked.url])
        reply = client.open(asked.url.removeprefix(SITE), method=asked.method, headers={"Accept": asked.headers.get("accept", "*/*")})
        headers = {name: value for name, value in reply.headers.items() if name not in ("Content-Length", "Set-Cookie")}
        told = {"status": reply.status_code, "headers": headers, "body": reply.data}
        if "/static/" in asked.url or asked.url.endswith(".css"):
            files[asked.url] = told
        return route.fulfill(**told)

    return answer
