"""The real application under a real server; ``PLANTED_BUG`` names a fault that
the harness must catch. Nothing of this is in the product."""

import os

from fieldapp import create_app
from tests.faults.bugs import BUGS

app = create_app()
if planted := os.environ.get("PLANTED_BUG"):
    BUGS[planted](app)
