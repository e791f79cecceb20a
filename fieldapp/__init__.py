"""Fieldapp: the software behind a mobile liaison station."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldapp import access, addresses, again, answers, backups, commands, failures, language, navigation, settings, sizes, ticking
from fieldapp.database import db, engine_options
from fieldapp.serving import Packing, Protection, Site, read_whole
from fieldapp.templating import Spoken
from fieldapp.waiting import WaitingRoom

csrf = Protection()


def create_app(overrides: dict | None = None) -> Flask:
    """The application of one site; ``overrides`` replace settings, in tests."""
    app = Site(__name__)
    app.jinja_environment = Spoken  # type: ignore[assignment]
    app.config.update(settings.from_environment(overrides))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    if proxies := app.config["PROXIES"]:
        # Nothing else of what they say is believed; they pass Host on unchanged.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_prefix=0)  # type: ignore[method-assign]
    app.before_request(read_whole)
    db.init_app(app)
    csrf.init_app(app)
    Packing(app)
    for part in (addresses, language, answers, failures, again, navigation, commands, backups, ticking, sizes):
        part.init_app(app)
    _features(app)
    access.refuse_undeclared_routes(app)
    app.wsgi_app = WaitingRoom(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _features(app: Flask) -> None:
    from fieldapp import features

    features.init_app(app)
