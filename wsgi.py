"""What a server imports: ``wsgi:app``."""

from fieldapp import create_app, ticking

app = create_app()
ticking.start(app)
