"""Templates hold words and structure: no script, no style, no roles."""

import re

import pytest

from tests.house.tree import PACKAGE, name, written

INLINE = {
    "a script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.I),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "a style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "evaluated htmx": re.compile(r"\shx-on[:\s=-]|hx-(vals|headers)=[\"']js:|hx-trigger=[\"'][^\"']*\[", re.I),
}
# The resident's page carries its stylesheet itself: one request, allowed by its hash.
OWN_STYLE = {"fieldapp/templates/public/_frame.html"}
PAGES = written("html", under="fieldapp/templates")


def source(path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_inline(what):
    assert not [name(path) for path in PAGES if INLINE[what].search(source(path))]


def test_no_template_has_a_stylesheet_of_its_own():
    assert not [name(path) for path in PAGES if "<style" in source(path) and name(path) not in OWN_STYLE]


def test_nothing_is_fetched_from_elsewhere():
    outside = re.compile(r"(src|href|action|hx-(get|post))=[\"'](https?:)?//", re.I)
    assert not [name(path) for path in PAGES if outside.search(source(path))]


def test_no_template_asks_for_a_role():
    asks = re.compile(r"current_user\.role|\brole\s*(==|!=|in)\s|is_admin")
    assert not [name(path) for path in PAGES if asks.search(source(path))]


def test_no_template_marks_words_as_safe():
    """What another template rendered (a sheet, a region) is markup already."""
    safe = re.compile(r"(?<!\bsheet)(?<!\bregion)\s*\|\s*safe\b|autoescape false")
    wrong = [f"{name(path)}: {line.strip()}" for path in PAGES for line in source(path).splitlines() if safe.search(line)]
    assert not wrong


def test_every_form_says_how_it_is_sent():
    wrong = [name(path) for path in PAGES for tag in re.findall(r"<form\b[^>]*>", source(path)) if "method=" not in tag]
    assert not wrong


def test_every_template_compiles(app):
    for page in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(page)


def test_every_icon_that_is_named_is_drawn():
    sprite = (PACKAGE / "static/icons/sprite.svg").read_text()
    drawn = set(re.findall(r'id="([^"]+)"', sprite))
    named = {f"icon-{icon}" for path in PAGES for icon in re.findall(r"\bicon\(\s*[\"']([a-z0-9-]+)[\"']", source(path))}
    assert named, "no template names an icon: this test reads another macro than they use"
    assert named - drawn == set()
