"""The Nu HTML checker on every page that a person can reach, in three languages;
exit status 1 and a line for each error."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from checks import markup
from tests import chromium
from tests.browser.inspection import LANGUAGES
from tests.browser.township import ACCOUNTS, Township
from tests.browser.walk import addresses


def pages(township: Township, account: str | None) -> Iterator[tuple[str, str]]:
    """Account, address and language, and the page as it was sent."""
    context = chromium.browser().new_context()
    page = context.new_page()
    with tempfile.TemporaryDirectory() as folder:
        found = addresses(page, township, account, Path(folder))
    for path in found:
        for language in LANGUAGES:
            answer = context.request.get(f"{township.url}{path}?lang={language}", headers={"Accept": "text/html"})
            yield f"{account or 'resident'} {path} {language}", answer.text()
    context.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        township = Township(Path(folder))
        township.start()
        try:
            sent = {name: html for account in (None, *ACCOUNTS) for name, html in pages(township, account)}
        finally:
            township.stop()
            chromium.close()
    wrong = markup.errors(sent)
    print("\n".join(wrong))
    print(f"{len(sent)} pages, {len(wrong)} errors")
    return bool(wrong)


if __name__ == "__main__":
    if not markup.is_at_hand():
        sys.exit("The Nu HTML checker needs java (Debian: apt-get install default-jre-headless) and npm; make validate fetches it.")
    sys.exit(main())
