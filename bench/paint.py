"""First paint of a resident's page on a slow phone and a slow line, beside a
plain page of 14 kB: as Chromium says it, throttled over its own protocol."""

import os
from statistics import median

BITS = 240_000
ROUND_TRIP = 400
SLOWER = 4
ROUNDS = 45
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run")
# What a browser looks up for itself meanwhile is not part of a page.
ARGUMENTS += ("--disable-background-networking", "--disable-component-update", "--disable-sync")
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
AT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure(resident: str, plain: str, rounds: int) -> dict | None:
    """Milliseconds, medians of rounds in which now the one and now the other comes
    first; a load of each is left out before: browser and fonts have only begun.
    ``ratio``: of the medians, and the least and most of a round. None where
    there is no browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if not os.path.exists(CHROMIUM):
        return None
    urls = {"resident": resident, "plain": plain}
    times: dict[str, list[float]] = {name: [] for name in urls}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for url in urls.values():
            _paint(browser, url)
        for turn in range(rounds):
            for name in sorted(urls, reverse=turn % 2 == 0):
                times[name].append(_paint(browser, urls[name]))
        browser.close()
    ratios = [one / other for one, other in zip(times["resident"], times["plain"], strict=True)]
    middle = {name: median(found) for name, found in times.items()}
    ratio = {"min": min(ratios), "median": middle["resident"] / middle["plain"], "max": max(ratios)}
    return {"resident_ms": middle["resident"], "plain_ms": middle["plain"], "ratio": ratio}


def _paint(browser, url: str) -> float:
    """A first visit: nothing is kept from one to the next."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page = context.new_page()
    throttle = context.new_cdp_session(page)
    throttle.send("Network.enable")
    line = {"offline": False, "latency": ROUND_TRIP, "downloadThroughput": BITS / 8, "uploadThroughput": BITS / 8}
    throttle.send("Network.emulateNetworkConditions", line)
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, timeout=60_000)
    page.wait_for_function(PAINTED, timeout=60_000)
    at = page.evaluate(AT)
    context.close()
    return at
