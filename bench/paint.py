"""First paint of a resident's page on a slow phone and a slow line, beside a
plain page of 14 kB: as Chromium says it, throttled over its own protocol."""

import os
from statistics import median

BITS = 240_000
ROUND_TRIP = 400
SLOWER = 4
ROUNDS = 11
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage")
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
AT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure(resident: str, plain: str, rounds: int) -> dict | None:
    """Milliseconds, medians of interleaved rounds, the first of each left out: the
    browser has only begun. ``ratio``: of the medians, and the least and most of
    a round. None where there is no browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if not os.path.exists(CHROMIUM):
        return None
    times: dict[str, list[float]] = {"resident": [], "plain": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for url in (resident, plain):
            _paint(browser, url)
        for _round in range(rounds):
            times["resident"].append(_paint(browser, resident))
            times["plain"].append(_paint(browser, plain))
        browser.close()
    ratios = [one / other for one, other in zip(times["resident"], times["plain"], strict=True)]
    resident, plain = median(times["resident"]), median(times["plain"])
    return {"resident_ms": resident, "plain_ms": plain, "ratio": {"min": min(ratios), "median": resident / plain, "max": max(ratios)}}


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
