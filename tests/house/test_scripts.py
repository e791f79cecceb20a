"""Scripts are modules without evaluation, and fetch nothing from elsewhere."""

import re

import pytest

from tests.house.tree import name, written

SCRIPTS = written("js", under="fieldapp/static")
FORBIDDEN = {
    "evaluation": re.compile(r"\beval\(|new Function\(|setTimeout\(\s*[\"']"),
    "markup from strings": re.compile(r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write"),
    "styles": re.compile(r"\.style\.(cssText|setProperty)|setAttribute\([\"']style"),
    "strangers": re.compile(r"[\"'`]https?://(?!www\.w3\.org)"),
    "what was left behind": re.compile(r"\bconsole\.(log|debug)\(|\bdebugger\b"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_scripts_do_without(what):
    assert SCRIPTS
    wrong = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in SCRIPTS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert not wrong
