"""The one Chromium of a test process: Playwright runs once in each."""

import shutil
from functools import cache

from playwright.sync_api import sync_playwright

PATH = shutil.which("chromium") or shutil.which("google-chrome") or "/usr/bin/chromium"
# Milliseconds in which a browser has started also where everything is slow.
PATIENCE = 180_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def _running():
    playwright = sync_playwright().start()
    return playwright, playwright.chromium.launch(executable_path=PATH, args=FLAGS, timeout=PATIENCE)


def browser():
    """Launched when first asked for; a missing Chromium fails the test."""
    return _running()[1]


def launch(*flags: str):
    """Another one, with flags of its own; who asks closes it."""
    return _running()[0].chromium.launch(executable_path=PATH, args=[*FLAGS, *flags], timeout=PATIENCE)


def lasting(folder):
    """A browser whose profile outlives it, as on a phone; who asks closes it."""
    return _running()[0].chromium.launch_persistent_context(
        folder, executable_path=PATH, args=FLAGS, locale="en", viewport={"width": 360, "height": 740}, timeout=PATIENCE
    )


def close() -> None:
    if _running.cache_info().currsize:
        playwright, chromium = _running()
        chromium.close()
        playwright.stop()
