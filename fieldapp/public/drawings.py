"""The small pictures of the resident's page, drawn into the page itself."""

import re
from functools import cache
from pathlib import Path

from flask import current_app
from markupsafe import Markup

SYMBOL = re.compile(r'<symbol id="(category-[a-z_]+)"[^>]*>(.*?)</symbol>', re.S)
FACE = '<circle cx="12" cy="12" r="10"/><path d="%sM9 9h.01M15 9h.01"/>'
OWN = {
    "smile": FACE % "M8 14s1.5 2 4 2 4-2 4-2",
    "meh": FACE % "M8 15h8",
    "frown": FACE % "M16 16s-1.5-2-4-2-4 2-4 2",
    "camera": '<path d="M4 6h4l2-2h4l2 2h4v13H4z"/><circle cx="12" cy="12.5" r="3.5"/>',
}


@cache
def _drawings(root: str) -> dict[str, Markup]:
    """Those of our own, and those of the categories."""
    insides = OWN | dict(SYMBOL.findall((Path(root) / "static/icons/sprite.svg").read_text("utf-8")))
    drawn = {name: f'<svg viewBox="0 0 24 24" aria-hidden="true">{inside}</svg>' for name, inside in insides.items()}
    return {name: Markup(svg) for name, svg in drawn.items()}  # nosec B704: our own files


def drawing(name: str) -> Markup:
    """A drawing of 24 × 24; three dots for a category without one."""
    drawings = _drawings(current_app.root_path)
    return drawings.get(name) or drawings["category-other"]
