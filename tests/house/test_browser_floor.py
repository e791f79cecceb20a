"""The phone's script asks nothing of a browser younger than Chromium 70, the
Android WebView of October 2018: a phone bought then still logs."""

import re

import pytest

from tests.house.tree import PACKAGE, name, written

SCRIPTS = [
    *written("js", under="fieldapp/static/js/field"),
    PACKAGE / "static/field-worker.js",
    *sorted((PACKAGE / "static/vendor").glob("idb-*.js")),
    *sorted((PACKAGE / "static/vendor").glob("uqr-*.js")),
    *sorted((PACKAGE / "static/vendor").glob("qr-*.js")),
]
# What it is → how it looks, with the Chromium that brought it.
YOUNGER = {
    "optional chaining (80)": r"\?\.(?!\d)",
    "nullish coalescing (80)": r"\?\?",
    "private members (74)": r"(?<![\w\"'`&/\[(])#[a-z_]\w*\s*[=(;]|this\.#",
    "static fields (72)": r"\bstatic\s+\w+\s*=",
    "logical assignment (85)": r"(\|\||&&)=",
    "numeric separators (75)": r"\b\d+_\d",
    "top-level await (89)": r"^await\b",
    "export of a namespace (72)": r"\bexport\s*\*\s*as\b",
    "newer functions (71 to 122)": r"\b(globalThis|queueMicrotask|structuredClone)\b"
    r"|\bObject\.(fromEntries|hasOwn|groupBy)\b|\bPromise\.(allSettled|any|withResolvers)\b|\bcrypto\.randomUUID\b"
    r"|\.(matchAll|replaceAll|replaceChildren|findLast|findLastIndex|toSorted|toReversed|toSpliced|at|requestSubmit|checkVisibility)\(",
    "who submitted a form (81)": r"\.submitter\b",
    "lists within :not, and :is, :where, :has (88, 105)": r":not\([^()]*,|:(is|where|has)\(",
}
COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.S)


@pytest.mark.parametrize("what", YOUNGER)
def test_the_phones_script_runs_in_a_browser_of_2018(what):
    wrong = [
        f"{name(path)}: {found[0]}"
        for path in SCRIPTS
        if (found := re.search(YOUNGER[what], COMMENTS.sub("", path.read_text("utf-8")), re.M))
    ]
    assert not wrong


def test_the_lint_sees_what_it_is_for():
    young = {
        "a?.b": 0, "a ?? b": 1, "this.#secret": 2, "static known = 1": 3, "a ||= b": 4, "1_000": 5, "await x;": 6,
        "export * as y": 7, "list.at(-1)": 8, "event.submitter": 9, "input:not([a], [b])": 10,
    }  # fmt: skip
    for text, place in young.items():
        assert re.search(list(YOUNGER.values())[place], text, re.M), text
