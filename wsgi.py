"""What a server imports: ``wsgi:app``."""

import gc
import os

from fieldapp import create_app, journal, ticking
from fieldapp.keys import KeyTrouble

try:
    app = create_app()
    if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
        with app.app_context():
            journal.refuse_foreign_key()
except KeyTrouble as trouble:
    raise SystemExit(f"Fieldapp does not start. {trouble}") from None
# What is here by now stays: the collector of garbage need not look through it again and again.
gc.collect()
gc.freeze()
ticking.start(app)
