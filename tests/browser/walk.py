"""Every page that a person can reach by links, one or two of each kind."""

from collections import Counter
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException

from fieldapp import create_app
from tests.browser.field_station import sign_in

# Of a kind, so many: a case's page differs with its state.
MOST = {"cases.case": 4, "public.slip": 3}
NOT_VISITED = ("/sign-out", "/static/")


def addresses(page, township, account: str | None, tmp_path) -> list[str]:
    """Paths of HTML pages, in the order they are met; ``page`` ends signed in."""
    rules = create_app({"INSTANCE": tmp_path}).url_map.bind("localhost")
    if account:
        sign_in(page, township.url, account)
    start = ["/"] if account else ["/sign-in", *(f"/s/{code}" for code in township.slips[:3])]
    waiting, found, kinds, seen = start, [], Counter(), set()
    while waiting:
        path = waiting.pop(0)
        if path in seen or path.startswith(NOT_VISITED):
            continue
        seen.add(path)
        try:
            endpoint = rules.match(path)[0]
        except HTTPException:
            continue
        if kinds[endpoint] >= MOST.get(endpoint, 1):
            continue
        answer = page.request.get(township.url + path, headers={"Accept": "text/html"})
        if "text/html" not in answer.headers.get("content-type", "") or not answer.ok:
            continue
        kinds[endpoint] += 1
        page.goto(township.url + path)
        found.append(urlsplit(page.url).path)
        links = page.eval_on_selector_all("a[href]", "(links) => links.map((link) => link.href)")
        waiting += [urlsplit(link).path for link in links if link.startswith(township.url)]
    return list(dict.fromkeys(found))
