"""Draws static/icons/sprite.svg from a folder of lucide's SVG files (ISC licence):
``python -m checks.icons path/to/lucide-static/icons``."""

import re
import sys
from pathlib import Path

CATEGORIES = {
    "utilities": "plug-zap",
    "water": "droplet",
    "farming": "sprout",
    "livestock": "paw-print",
    "environment": "leaf",
    "roads": "milestone",
    "housing": "house",
    "education": "graduation-cap",
    "elderly": "heart-handshake",
    "business": "store",
    "income": "coins",
    "projects": "construction",
    "services": "contact",
    "training": "book-open",
    "order": "shield",
    "health": "heart-pulse",
    "waste": "trash-2",
    "other": "ellipsis",
}
ICONS = [
    "alarm-clock",
    "arrow-left",
    "badge-check",
    "book-open",
    "building-2",
    "calendar",
    "camera",
    "car",
    "chart-column",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-dot",
    "circle-help",
    "clock",
    "download",
    "ellipsis",
    "eye",
    "file-text",
    "frown",
    "home",
    "house",
    "image",
    "inbox",
    "info",
    "key-round",
    "languages",
    "list",
    "lock",
    "log-in",
    "log-out",
    "map-pin",
    "meh",
    "menu",
    "merge",
    "message-square-text",
    "notebook-pen",
    "pencil",
    "phone",
    "plus",
    "printer",
    "qr-code",
    "reply",
    "route",
    "scan-line",
    "scan-qr-code",
    "search",
    "send",
    "settings",
    "signpost",
    "smartphone",
    "smile",
    "ticket",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "upload",
    "user",
    "users",
    "volume-2",
    "wifi-off",
    "wrench",
    "x",
]
OUT = Path(__file__).parent.parent / "fieldapp/static/icons/sprite.svg"


def symbol(name: str, svg: str) -> str:
    inside = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    inside = re.search(r"<svg[^>]*>(.*)</svg>", inside, re.S).group(1)
    inside = re.sub(r"\s+", " ", inside).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>'


if __name__ == "__main__":
    source = Path(sys.argv[1])
    wanted = {f"icon-{name}": name for name in ICONS} | {f"category-{code}": name for code, name in CATEGORIES.items()}
    symbols = [symbol(name, (source / f"{icon}.svg").read_text()) for name, icon in wanted.items() if (source / f"{icon}.svg").exists()]
    print("absent:", [icon for icon in wanted.values() if not (source / f"{icon}.svg").exists()])
    OUT.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")
