"""What a server imports: ``wsgi:app``."""

import gc

from fieldapp import create_app, ticking

app = create_app()
# What is here by now stays: the collector of garbage need not look through it again and again.
gc.collect()
gc.freeze()
ticking.start(app)
