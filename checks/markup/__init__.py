"""The Nu HTML checker over pages that were visited."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

JAR = Path(__file__).resolve().parents[2] / ".venv/markup/node_modules/vnu-jar/build/dist/vnu.jar"


def is_at_hand() -> bool:
    return JAR.exists() and shutil.which("java") is not None


def errors(pages: dict[str, str]) -> list[str]:
    """What the checker finds wrong with these pages, by name; information and
    style are not asked for. Java starts once for all."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html, "utf-8")
            names[path.as_uri()] = name
        # It runs for seconds: what costs least is to compile once and quickly, and with room on the stack.
        quickly = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        command = ["java", *quickly, "-jar", str(JAR), "--errors-only", "--format", "json", "--exit-zero-always", folder]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return [_sentence(names, found) for found in json.loads(said)["messages"] if found["type"] != "info"]


def _sentence(names: dict[str, str], found: dict) -> str:
    page = names.get(re.sub("^file:/+", "file:///", found.get("url", "")), "?")
    return f"{page}:{found.get('lastLine', '')}: {found['message']} {found.get('extract', '').strip()!r}"
