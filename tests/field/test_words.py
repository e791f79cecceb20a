"""Every sentence that the phone's script says is on the page that says it, and none that nobody says."""

import re

from fieldapp.field import pages_words
from tests.house.tree import PACKAGE

HOME = ("home", "leave", "visits", "round")
FORM = ("form", "form-choices", "form-contact", "form-photos", "form-read-back", "form-scan", "reading", "slip")


def said() -> dict[str, set[str]]:
    """Module → the names of sentences in it."""
    known = pages_words.everywhere() | pages_words.of_home() | pages_words.of_form()
    modules = sorted((PACKAGE / "static/js/field").glob("*.js"))
    return {path.stem: {name for name in re.findall(r'"(\w+)"', path.read_text()) if name in known} for path in modules}


def missing(modules, words) -> dict[str, set[str]]:
    """What a module says by name and the page lacks."""
    sentences = {stem: set(re.findall(r'\bsay\(\s*"(\w+)"', (PACKAGE / f"static/js/field/{stem}.js").read_text())) for stem in modules}
    return {stem: lacking for stem, names in sentences.items() if (lacking := names - set(words))}


def test_each_page_carries_what_its_script_says(app):
    with app.test_request_context():
        home, new, shared = (pages_words.for_script(page) for page in ("home", "new", "slip"))
        assert missing(HOME, home) == {} and missing(FORM, new) == {}
        rest = set(said()) - {*HOME, *FORM}
        assert missing(rest, shared) == {}


def test_no_sentence_is_carried_that_no_script_says(app):
    with app.test_request_context():
        known = set(pages_words.everywhere() | pages_words.of_home() | pages_words.of_form())
        built = {f"since_{what}" for what in ("answered", "changed")} | {f"step_{what}" for what in ("started", "here", "ended")}
        assert known - built - set().union(*said().values()) == set()


def test_a_reason_why_something_waits_is_a_sentence_on_every_page(app):
    with app.test_request_context():
        reasons = {"unreached", "sign_in", "refused", "busy", "full", "failed", "unclear", "attention", "both", "alone"}
        assert reasons <= set(pages_words.for_script("home")) and reasons <= set(pages_words.for_script("new"))
