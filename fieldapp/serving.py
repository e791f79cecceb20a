"""Flask, spared what most requests have no use for: a session where no cookie
came, a look for coroutines where there are none, packing what is packed."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_compress import Compress
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wsgi import get_input_stream

from fieldapp import waiting
from fieldapp.waiting import READING

# So much of what is sent is kept in memory while it comes, the rest on disk.
AT_HAND, PIECE = 2**16, 2**14


class Sessions(SecureCookieSessionInterface):
    """Reads, signs and writes a session only where there is one. The same cookie
    comes with page after page: its signature is looked at once, its age each time."""

    def __init__(self):
        self.signers: dict = {}

    def get_signing_serializer(self, app):
        """Flask's, made once for its key."""
        key = app.secret_key
        if key not in self.signers:
            self.signers[key] = super().get_signing_serializer(app)
        return self.signers[key]

    def open_session(self, app, request):
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        words = _signed_words(self.get_signing_serializer(app), request.cookies.get(self.get_cookie_name(app), ""))
        if words and all(isinstance(word, PLAIN) for word in words[0].values()) and _is_young(app, words[1]):
            return self.session_class(words[0])
        return super().open_session(app, request)

    def save_session(self, app, session, response):
        if session.modified or session.permanent:
            return super().save_session(app, session, response)
        if session.accessed and "Cookie" not in response.headers.get("Vary", ""):
            response.vary.add("Cookie")


# What cannot be changed in place: another request's session stays its own.
PLAIN = (str, int, bool, type(None))


@lru_cache(maxsize=512)
def _signed_words(signer: URLSafeTimedSerializer, cookie: str) -> tuple[dict, datetime] | None:
    """What was signed, and when."""
    try:
        return signer.loads(cookie, return_timestamp=True)
    except BadSignature:
        return None


def _is_young(app: Flask, signed_at: datetime) -> bool:
    return timedelta() <= datetime.now(UTC) - signed_at <= app.permanent_session_lifetime


class Answer(Response):
    """A page goes to the server in one piece: taking it chunk by chunk costs more."""

    def get_wsgi_headers(self, environ):
        """Werkzeug's, which copies them all, only where one of them has to be made whole."""
        if "Location" in self.headers or not self.is_sequence or self.status_code != 200:
            return super().get_wsgi_headers(environ)
        if "Content-Length" not in self.headers:
            self.headers.add("Content-Length", str(sum(map(len, self.iter_encoded()))))
        return self.headers

    def __call__(self, environ, start_response):
        chunks = super().__call__(environ, start_response)
        if not self.is_sequence or self.direct_passthrough:
            return chunks
        whole = list(chunks)
        self.close()
        return whole


class Site(Flask):
    """The application of one site. Its views are plain functions."""

    session_interface = Sessions()
    response_class = Answer

    def ensure_sync(self, func):
        return func


class Protection(CSRFProtect):
    """Flask-WTF's, which first asks whether anything is sent at all."""

    def init_app(self, app):
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = token

    def protect(self, apply_exemptions=False):
        if request.method not in READING:
            super().protect(apply_exemptions)


def token() -> str:
    """The token of this session's forms; it does not run out, and is signed once."""
    if "csrf_token" in session and "csrf_token" not in g:
        g.csrf_token = _signed(current_app.secret_key, session["csrf_token"])
    return generate_csrf()


@lru_cache(maxsize=512)
def _signed(key: str, text: str) -> str:
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(text)


class Packing(Compress):
    """Flask-Compress, for what does not come packed already."""

    def after_request(self, response: Response) -> Response:
        """Whoever packed it may have said so."""
        if "Content-Encoding" in response.headers and "Accept-Encoding" in response.headers.get("Vary", ""):
            return response
        return super().after_request(response)


def at_most(size: int):
    """No more bytes than this are taken in by a view."""

    def decorate(view):
        view.most_bytes = size
        return view

    return decorate


def read_whole() -> None:
    """What is sent is here before anything is asked of the database: a phone that is
    slow to send keeps no place, no connection and no lock waiting, and hardly memory."""
    if request.method in READING or isinstance(request.environ["wsgi.input"], SpooledTemporaryFile):
        return
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, "most_bytes", request.max_content_length)
    whole = SpooledTemporaryFile(AT_HAND, dir=current_app.config["INSTANCE"])  # noqa: SIM115 it ends with the request
    # Werkzeug's stream takes a body for too long once it is read to its limit.
    copyfileobj(get_input_stream(request.environ, max_content_length=request.max_content_length + 1), whole, PIECE)
    whole.seek(0)
    request.environ["wsgi.input"] = whole
    waiting.to_write()
