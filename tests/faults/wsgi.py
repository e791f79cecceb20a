"""The real application under a real server; ``PLANTED_BUG`` names a fault that
the harness must catch. Nothing of this is in the product."""

import os

import time_machine

from fieldapp import create_app, ticking
from tests.faults.bugs import BUGS, LOOKING

if moment := os.environ.get("FAULT_CLOCK"):
    time_machine.travel(moment).start()
app = create_app()
ticking.start(app)
if planted := os.environ.get("PLANTED_BUG"):
    (BUGS | LOOKING)[planted](app)
