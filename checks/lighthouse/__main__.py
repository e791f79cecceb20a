"""Lighthouse on the resident's page, in three languages: 100 in performance,
accessibility and best practices, or exit status 1.

``python -m checks.lighthouse [ADDRESS]`` measures ADDRESS, the page of a slip of
a running server; without one it starts the production server on the demonstration.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import chromium
from tests.browser.township import Township

PROGRAM = Path(".venv/lighthouse/node_modules/.bin/lighthouse")
ASKED = {"performance": 100, "accessibility": 100, "best-practices": 100}
LANGUAGES = ("zh", "ug", "en")
TRIES = 4


def report(address: str) -> dict:
    """Lighthouse's own report of the page, as for a phone on a slow line."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [
            str(PROGRAM),
            address,
            f"--only-categories={','.join(ASKED)}",
            f"--chrome-flags=--headless=new {' '.join(chromium.FLAGS)}",
            "--no-enable-error-reporting",
            "--output=json",
            f"--output-path={file.name}",
            "--quiet",
        ]
        if subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium.PATH}).returncode:
            sys.exit(f"Lighthouse could not measure {address}.")
        return json.loads(Path(file.name).read_text("utf-8"))


def _best(address: str) -> tuple[dict, dict[str, int], int]:
    """A busy machine makes a page slower, never faster: at most so many tries,
    the fastest counts. The other two numbers do not depend on the machine."""
    runs: list[tuple[dict, dict[str, int]]] = []
    while len(runs) < TRIES and not any(scores["performance"] >= ASKED["performance"] for _found, scores in runs):
        found = report(address)
        runs.append((found, {name: round(found["categories"][name]["score"] * 100) for name in ASKED}))
    return *max(runs, key=lambda run: run[1]["performance"]), len(runs)


def measure(address: str) -> bool:
    """Prints the three numbers for each language, and what cost points."""
    whole = True
    for language in LANGUAGES:
        found, scores, runs = _best(f"{address}?lang={language}")
        print(f"{language}  " + "  ".join(f"{name} {score}" for name, score in scores.items()) + f"  (best of {runs})", flush=True)
        for name, least in ASKED.items():
            if scores[name] < least:
                whole = False
                for audit in found["categories"][name]["auditRefs"]:
                    result = found["audits"][audit["id"]]
                    if audit["weight"] and result["score"] is not None and result["score"] < 1:
                        print(f"    {result['title']}: {result.get('displayValue', '')} {result['description'].split(' [')[0]}")
    return whole


def main() -> int:
    if len(sys.argv) > 1:
        return not measure(sys.argv[1].split("?")[0])
    with tempfile.TemporaryDirectory() as folder:
        township = Township(Path(folder))
        township.start()
        try:
            return not measure(f"{township.url}/s/{township.slips[0]}")
        finally:
            township.stop()


if __name__ == "__main__":
    sys.exit(main())
