"""Which files the app consists of, each with the hash of its content; its
stylesheets are one file, so that a phone asks once."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from flask import current_app

SHEETS = (
    "tokens",
    "reset",
    "base",
    "frame",
    "navigation",
    "layout",
    "ui",
    "parts",
    "forms",
    "moves",
    "ledger",
    "field",
    "field-capture",
    "field-tiles",
    "field-photos",
    "field-slip",
    "field-records",
    "field-read-back",
    "field-room",
    "field-round",
    "print",
)
MODULES = ("js/field/*.js", "vendor/idb-8*.js", "vendor/uqr-*.js")
KEPT = ("icons/sprite.svg", *MODULES, "app/icon-192.png")
# Kept only where the browser reads no QR codes by itself.
DECODER = ("vendor/qr-*.js",)
# Runs in the worker alone.
BACKGROUND = "js/field/background.js"


def static_files() -> dict[str, str]:
    """Address → hash of the app's static files."""
    return dict(_found(current_app.static_folder, current_app.static_url_path, KEPT))


def decoder() -> dict[str, str]:
    return dict(_found(current_app.static_folder, current_app.static_url_path, DECODER))


def modules() -> list[str]:
    """Addresses of the scripts, so that a page fetches all at once instead of one after the other."""
    found = _found(current_app.static_folder, current_app.static_url_path, MODULES)
    return [address for address, _ in found if not address.endswith(BACKGROUND)]


@lru_cache(maxsize=2)
def style(folder: str) -> str:
    """All sheets in their order, without comments."""
    whole = "\n".join((Path(folder) / "css" / f"{name}.css").read_text("utf-8") for name in SHEETS)
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", whole, flags=re.S))


@lru_cache(maxsize=8)
def _found(folder: str, address: str, patterns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    paths = [path for pattern in patterns for path in sorted(Path(folder).glob(pattern))]
    return tuple((f"{address}/{path.relative_to(folder)}", hash_of(path.read_bytes())) for path in paths)


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
