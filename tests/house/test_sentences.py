"""Every sentence stands in Chinese and Uyghur, and catalogues can be read."""

import re

import pytest
from babel.messages.pofile import read_po

from checks import catalogues
from fieldapp.language import LANGUAGES
from tests.house.tree import PACKAGE, name, written

HAN = re.compile(r"[\u3400-\u9fff]")
ARABIC = re.compile(r"[\u0600-\u06ff]")


def test_no_sentence_is_missing_and_placeholders_agree():
    found = list(catalogues.findings())
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize(("language", "script"), [("zh", HAN), ("ug", ARABIC)])
def test_a_translation_is_written_in_its_own_script(language, script):
    path = PACKAGE / f"locales/{language}/LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    wrong = []
    for message in messages:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            words = re.sub(r"%\(\w+\)[sd]|https?://\S+|[\W\d_]", "", text)
            if re.search(r"[a-z]{4}", words) and not script.search(text):
                wrong.append(text)
    assert not wrong


def test_the_code_speaks_english_only():
    """Words for readers are sentences in a catalogue; data comes from a database."""
    own_names = {"fieldapp/language.py", *LANGUAGES.values()}
    sources = [path for path in written("py", "html", under="fieldapp") if name(path) not in own_names]
    pattern = re.compile(r"\b_l?\(\s*[\"'][^\"']*[\u0600-\u06ff\u3400-\u9fff]")
    assert not [name(path) for path in sources if pattern.search(path.read_text("utf-8"))]


def test_sentences_are_not_put_together_from_pieces():
    pattern = re.compile(r"\b_l?\([^()]*\)\s*(\+|~)\s*[\"'_]|\b_l?\(\s*f[\"']|\b_l?\([\"'][^\"']*[\"']\s*%\s")
    wrong = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in written("py", "html", under="fieldapp")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not wrong
