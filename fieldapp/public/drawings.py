"""The small pictures of the categories, drawn into the resident's page itself."""

import re
from functools import cache
from pathlib import Path

from flask import current_app
from markupsafe import Markup

SYMBOL = re.compile(r'<symbol id="category-([a-z_]+)"[^>]*>(.*?)</symbol>', re.S)


@cache
def _drawings(root: str) -> dict[str, str]:
    return dict(SYMBOL.findall((Path(root) / "static/icons/sprite.svg").read_text("utf-8")))


def category_drawing(code: str) -> Markup:
    """The inside of a 24 × 24 drawing; three dots for a category without one."""
    drawings = _drawings(current_app.root_path)
    return Markup(drawings.get(code, drawings["other"]))  # nosec B704: our own file
