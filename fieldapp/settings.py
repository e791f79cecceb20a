"""Every setting: its default, its environment name, and why it exists."""

import os
from pathlib import Path

from sqlalchemy import make_url

from fieldapp.keys import Keys


def from_environment(overrides: dict | None = None) -> dict:
    """The settings of this site as Flask configuration keys."""
    env = os.environ.get
    instance = Path((overrides or {}).get("INSTANCE") or env("FIELDAPP_INSTANCE", "instance")).resolve()
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    base_url = env("FIELDAPP_BASE_URL") or f"http://{env('HOST', '127.0.0.1')}:{env('PORT', '8000')}"
    settings = {
        # The folder of this site's database, uploads and keys.
        "INSTANCE": instance,
        "SQLALCHEMY_DATABASE_URI": env("DATABASE_URL") or f"sqlite:///{instance / 'fieldapp.db'}",
        # What QR codes point to; https switches the cookies to Secure and __Host-.
        "BASE_URL": base_url.rstrip("/"),
        # How many web servers of one's own stand in front: so many forwarded addresses are believed.
        "PROXIES": int(env("FIELDAPP_PROXIES") or 0),
        # Fixes the demonstration's password; otherwise it is random and printed.
        "DEMO_PASSWORD": env("FIELDAPP_DEMO_PASSWORD"),
        "BABEL_DEFAULT_LOCALE": env("FIELDAPP_LANGUAGE", "zh"),
        # Where the calendar's days begin and end.
        "TIMEZONE": "Asia/Shanghai",
        "BABEL_TRANSLATION_DIRECTORIES": "locales",
        # Seconds between two rounds of the timed duties in a web process; 0 leaves them to flask worker or flask tick.
        "TICK_EVERY": int(env("FIELDAPP_TICK_EVERY", "300")),
        # A 40 MB photo is refused with a sentence, not with a cut connection.
        "MAX_CONTENT_LENGTH": 64 * 2**20,
        # Ten thousand characters of Chinese, percent-encoded, nine bytes each.
        "MAX_FORM_MEMORY_SIZE": 2 * 2**20,
        "WTF_CSRF_TIME_LIMIT": None,
        # Session cookies are told apart by origin, where there is TLS.
        "WTF_CSRF_SSL_STRICT": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
        "COMPRESS_MIMETYPES": ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        # What phones keep weighs a twelfth less than by 4, for a quarter of a millisecond a file.
        "COMPRESS_BR_LEVEL": 5,
    }
    settings.update(overrides or {}, INSTANCE=instance)
    settings["SQLALCHEMY_DATABASE_URI"] = _with_driver(settings["SQLALCHEMY_DATABASE_URI"])
    keys = Keys(instance / "keys", fresh=_is_fresh(instance, settings["SQLALCHEMY_DATABASE_URI"]))
    secure = settings["BASE_URL"].startswith("https://")
    settings.update(
        KEYS=keys,
        SECRET_KEY=keys.derive("session").hex(),
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    return settings


def _is_fresh(instance: Path, uri: str) -> bool:
    """Whether nothing can depend on a master key yet, as far as files tell."""
    database = make_url(uri).database or ""
    kept = [instance / "keys" / "seal.pem", instance / "keys" / "contacts.db"]
    return not any(path.is_file() and path.stat().st_size for path in ([Path(database)] if uri.startswith("sqlite") else []) + kept)


def _with_driver(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
