"""The reader's language, its direction, and dates as that reader writes them."""

import re
from collections.abc import Iterable
from datetime import date as Day
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from importlib import import_module
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import flask_babel
from babel import Locale
from babel.dates import format_date
from flask import Flask, current_app, g, has_request_context, request
from flask.globals import _cv_app
from flask_babel import Babel, Domain, format_datetime, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES = {"zh": "中文", "ug": "ئۇيغۇرچە", "en": "English"}
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
CHINESE = re.compile(r"[\u3400-\u9fff]")


class Sentences(Domain):
    """The catalogues, each found by its language alone."""

    def __init__(self, **options):
        super().__init__(**options)
        self.spoken: dict = {}

    def get_translations(self):
        language = current()
        if language not in self.spoken:
            self.spoken[language] = super().get_translations()
        return self.spoken[language]


def gettext(sentence: str, **words) -> str:
    """Flask-Babel's, by a shorter way where a page says many sentences."""
    if _cv_app.get(None) is None:
        return flask_babel.gettext(sentence, **words)
    said = babel.domain_instance.get_translations().gettext(sentence)
    return said % words if words else said


class Speaking(Babel):
    @cached_property
    def domain_instance(self):
        return Sentences(domain=self.domain)


babel = Speaking()
# Read once, not for each request.
LOCALES = {code: Locale(code) for code in LANGUAGES}


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=lambda: LOCALES[choose()], timezone_selector=lambda: app.config["TIMEZONE"])
    app.after_request(remember)
    app.jinja_env.globals.update(language=import_module(__name__), date=date, moment=moment)


def choose() -> str:
    """``?lang=``, then this browser's choice, then what the browser asks for."""
    if not has_request_context():
        return current_app.config["BABEL_DEFAULT_LOCALE"]
    wish = _wish()
    if wish not in LANGUAGES and "HTTP_COOKIE" in request.environ:
        wish = request.cookies.get(_cookie())
    return preferred(wish, request.environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def preferred(wish: str | None, accepted: str) -> str:
    return wish if wish in LANGUAGES else _accepted(accepted) or current_app.config["BABEL_DEFAULT_LOCALE"]


def speak(wish: str, accepted: str) -> None:
    """The language of what is drawn without a request; it lies where Flask-Babel looks for it."""
    g._flask_babel = SimpleNamespace(babel_locale=LOCALES[preferred(wish, accepted)])


def _wish() -> str | None:
    return request.args.get("lang") if "lang=" in request.environ.get("QUERY_STRING", "") else None


@lru_cache(maxsize=512)
def _accepted(header: str) -> str | None:
    """Browsers of one kind all ask in the same words."""
    wishes = (wish[:2].lower() for wish, _quality in parse_accept_header(header, LanguageAccept))
    return next((wish for wish in wishes if wish in LANGUAGES), None)


def current() -> str:
    context = _cv_app.get(None)
    if context is None:
        return "zh"
    try:
        # A page asks a hundred times; Flask-Babel leaves its choice here.
        return context.g._flask_babel.babel_locale.language
    except AttributeError:
        locale = get_locale()
        return locale.language if locale else "zh"


def direction(language: str | None = None) -> str:
    return "rtl" if (language or current()) == "ug" else "ltr"


def of_words(text: str) -> str:
    """By script: Uyghur in Arabic letters, Chinese, else the page's language."""
    if ARABIC.search(text):
        return "ug"
    return "zh" if CHINESE.search(text) else current()


def apart(text: str) -> str:
    """A number or serial inside a sentence: it keeps its own direction within Uyghur."""
    return f"\u2066{text}\u2069" if text and direction() == "rtl" else text


def held(text: str) -> str:
    """Somebody's words inside a sentence of another script: held together, their
    full stop at their own end."""
    return f"\u2068{text}\u2069" if text and of_words(text) != current() else text


def _cookie() -> str:
    return "__Host-lang" if current_app.config["SESSION_COOKIE_SECURE"] else "lang"


def remember(response):
    """Staff pages keep the choice in this browser; a resident's page nowhere."""
    wish = _wish()
    if wish in LANGUAGES and g.get("remembers_language", True):
        response.set_cookie(
            _cookie(),
            wish,
            max_age=365 * 86400,
            samesite="Lax",
            httponly=True,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


def date(day: Day, *, with_year: bool = False) -> str:
    """A day: 12月4日, 4-دېكابىر or 4 December, with the year where it is another
    or the words outlive it."""
    same_year = not with_year and day.year == datetime.now(zone()).year
    return _written(day, same_year, current())


# A Uyghur date is not broken after its hyphen.
SHORT = {"zh": "M月d日", "ug": "d-\u2060MMMM", "en": "d MMMM"}
LONG = {"zh": "y年M月d日", "ug": "y-\u2060يىلى d-\u2060MMMM", "en": "d MMMM y"}


@lru_cache(maxsize=4096)
def _written(day: Day, same_year: bool, language: str) -> str:
    return format_date(day, (SHORT if same_year else LONG)[language], language)


def zone() -> ZoneInfo:
    """Where the site stands."""
    return ZoneInfo(_cv_app.get().app.config["TIMEZONE"])


def utc_offset() -> int:
    """By how many minutes the site's clock is ahead of UTC now."""
    return round(datetime.now(zone()).utcoffset() / timedelta(minutes=1))


def day(time: datetime) -> str:
    """The day of a moment, where the site stands."""
    here = zone()
    there = time.astimezone(here)
    return _written(there.date(), there.year == datetime.now(here).year, current())


def days(times: Iterable[datetime]) -> list[str]:
    """Those of many."""
    here, code = zone(), current()
    year = datetime.now(here).year
    return [_written(there.date(), there.year == year, code) for there in [time.astimezone(here) for time in times]]


def moment(time: datetime) -> str:
    """A day with hours and minutes, where the site stands."""
    return f"{day(time)} {format_datetime(time, 'HH:mm')}"
