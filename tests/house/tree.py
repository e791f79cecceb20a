"""What is in the repository, as git would keep it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "fieldapp"


@cache
def files() -> tuple[Path, ...]:
    """Kept and not yet kept files, ignored ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


def written(*endings: str, under: str = "") -> list[Path]:
    """Files of our own hand: neither vendored nor generated."""
    foreign = (PACKAGE / "static/vendor", PACKAGE / "migrations/versions")
    return [
        path
        for path in files()
        if path.suffix.lstrip(".") in endings and path.is_relative_to(ROOT / under) and not any(path.is_relative_to(f) for f in foreign)
    ]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """(module, line, whether it is done late, inside a function)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "fieldapp" else [node.module]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        yield from ((module, node.lineno, node.col_offset > 0) for module in modules)
