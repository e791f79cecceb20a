"""Every sentence stands in all three languages, with the same placeholders."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def extracted():
    """The catalogue of what code and templates say today."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as pot:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "babel.messages.frontend",
                "--quiet",
                "extract",
                "--mapping-file",
                "checks/babel.cfg",
                "--keywords",
                "_l",
                "--output-file",
                pot.name,
                "fieldapp",
            ],
            cwd=ROOT,
            check=True,
        )
        return read_po(Path(pot.name).open("rb"))


def findings():
    sentences = extracted()
    for language in ("zh", "ug"):
        path = ROOT / f"fieldapp/locales/{language}/LC_MESSAGES/messages.po"
        catalogue = read_po(path.open("rb"), locale=language) if path.exists() else ()
        for message in sentences:
            if message.id:
                yield from _missing(language, message, catalogue.get(message.id, message.context) if catalogue else None)


def _missing(language, message, found):
    forms = [message.id] if isinstance(message.id, str) else list(message.id)
    if found is None or found.fuzzy or not all(found.string if isinstance(found.string, tuple) else (found.string,)):
        yield f"{language}: no translation of {forms[0]!r}"
        return
    expected = set(PLACEHOLDER.findall(forms[-1])) - {"num"}
    for text in found.string if isinstance(found.string, tuple) else (found.string,):
        if set(PLACEHOLDER.findall(text)) - {"num"} != expected:
            yield f"{language}: other placeholders in {text!r} than in {forms[0]!r}"


if __name__ == "__main__":
    found = list(findings())
    print("\n".join(found) or "Every sentence stands in Chinese and Uyghur.")
    sys.exit(bool(found))
