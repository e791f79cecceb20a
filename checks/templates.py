"""Every template compiles, and holds nothing inline that the policy forbids."""

import re
import sys
from pathlib import Path

from jinja2 import TemplateSyntaxError

from fieldapp import create_app

INLINE = re.compile(r"<script(?![^>]*(src=|type=\"application/json\"))|\son[a-z]+=|\sstyle=", re.IGNORECASE)


def findings():
    app = create_app()
    for name in app.jinja_env.list_templates(extensions=["html", "svg", "txt"]):
        try:
            app.jinja_env.get_template(name)
        except TemplateSyntaxError as error:
            yield f"{name}:{error.lineno}: {error.message}"
        source = (Path(app.root_path) / "templates" / name).read_text("utf-8")
        for number, line in enumerate(source.splitlines(), 1):
            if INLINE.search(line):
                yield f"{name}:{number}: inline script, handler or style"


if __name__ == "__main__":
    found = list(findings())
    print("\n".join(found) or "Every template compiles.")
    sys.exit(bool(found))
