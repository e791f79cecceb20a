"""Stylesheets run with the reader's direction and keep to their layer."""

import re

import pytest

from tests.house.tree import name, written

SHEETS = written("css", under="fieldapp/static/css")
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)(-(width|color|style))?"
    r"|(min-|max-)?(width|height)|left|right|top|bottom|border-(top|bottom)-(left|right)-radius)\s*:"
)
SIDES = re.compile(r"(?<![\w-])(text-align|float|clear|caption-side)\s*:\s*(left|right)\b")
FOUR = re.compile(r"(?<![\w-])(margin|padding|inset|border-width)\s*:\s*([^\s;]+)\s+([^\s;]+)\s+([^\s;]+)\s+([^\s;]+)\s*[;}]")


def rules(path) -> str:
    """Declarations alone: neither comments nor the conditions of media, whose
    words are physical."""
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found.group().count("\n"), path.read_text("utf-8"), flags=re.S)
    text = re.sub(r"url\([^)]*\)", "url()", text)
    return re.sub(r"@(media|container|supports|import|page)[^{;]*", "@", text)


def lines(pattern):
    for path in SHEETS:
        for number, line in enumerate(rules(path).splitlines(), 1):
            if pattern.search(line):
                yield f"{name(path)}:{number}: {line.strip()}"


@pytest.mark.parametrize("pattern", [PHYSICAL, SIDES], ids=["properties", "sides"])
def test_no_rule_speaks_of_left_or_right(pattern):
    assert not list(lines(pattern))


def test_four_values_are_the_same_on_both_sides():
    wrong = [line for line in lines(FOUR) if (found := FOUR.search(line)) and found.group(3) != found.group(5)]
    assert not wrong


def test_nothing_is_important():
    assert not list(lines(re.compile(r"!\s*important")))


def test_focus_stays_visible():
    """Hidden only where script puts it, on a heading say, or where the frame around shows it."""
    wrong = [
        f"{name(path)}: {selector.strip()}"
        for path in SHEETS
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", rules(path))
        if ":focus" in selector
        and re.search(r"outline\s*:\s*(none|0)\b", body)
        and '[tabindex="-1"]' not in selector
        and f"{selector.split()[0]}:has(:focus-visible)" not in rules(path)
    ]
    assert not wrong


def test_colours_are_tokens():
    """A raw colour may define a token; paper is white and black whatever the tokens are."""
    raw = re.compile(r"^(?!\s*--)[^{]*:.*(#(?!(fff|000)(fff|000)?\b)[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)a?\()")
    assert not [line for line in lines(raw) if "/resident" not in line]


def test_every_sheet_keeps_to_a_layer():
    alone = {"resident.css", "resident-bar.css", "paper.css", "paper-a6.css", "paper-wide.css"}
    assert not [name(path) for path in SHEETS if path.name not in alone and "@layer" not in path.read_text("utf-8")]
