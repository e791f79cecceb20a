"""Files are short, and named after things."""

import re
import subprocess

from tests.house.tree import PACKAGE, ROOT, files, name, written

LONGEST = 220
NOT_A_THING = {"util", "utils", "helper", "helpers", "service", "services", "common", "shared", "core", "manager", "managers", "misc"}


def test_no_file_is_too_long_to_be_read_at_once():
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in written("py", "js", "html", "css")}
    assert not {path: count for path, count in lines.items() if count > LONGEST}


def test_every_file_is_called_after_a_thing():
    wrong = [name(path) for path in files() if NOT_A_THING & {part.split(".")[0] for part in path.relative_to(ROOT).parts}]
    assert not wrong


def test_no_folder_stands_empty():
    kept = {parent for path in files() for parent in path.parents}
    ours = [path for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert not [name(path) for path in ours if path not in kept and any(path.iterdir())]


def test_compiled_catalogues_databases_and_keys_are_not_kept():
    wrong = [name(path) for path in files() if path.suffix in {".mo", ".db", ".pyc", ".pem", ".key"}]
    assert not wrong


def test_what_is_vendored_has_its_version_in_its_name_and_its_licence_beside_it():
    vendored = sorted((PACKAGE / "static/vendor").glob("*.js"))
    assert vendored
    for path in vendored:
        assert re.search(r"-\d+\.\d+\.\d+(\.min)?\.js$", path.name), path.name
        assert (path.parent / f"{path.name.split('-')[0]}-LICENSE").exists(), path.name


def test_the_pins_carry_hashes_and_name_no_host():
    for pins in (ROOT / "requirements.txt", ROOT / "requirements-dev.txt"):
        text = pins.read_text()
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host", text)
        pinned = re.findall(r"^[A-Za-z][^\\]*\\\n((?:    --hash=.*\n)+)", text, re.M)
        assert len(pinned) == len(re.findall(r"^[A-Za-z]", text, re.M))


def test_every_wish_is_pinned():
    for wishes, pins in (("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")):
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / pins).read_text(), re.M))
        wished = {found.lower().replace("_", "-") for found in re.findall(r"^([A-Za-z][\w-]*)", (ROOT / wishes).read_text(), re.M)}
        assert wished <= pinned | set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.M))


def test_scripts_of_the_shell_parse():
    for path in written("sh"):
        subprocess.run(["bash", "-n", str(path)], check=True)
