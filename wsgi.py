"""What a server imports: ``wsgi:app``."""

from fieldapp import create_app

app = create_app()
