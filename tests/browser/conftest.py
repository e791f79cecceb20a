"""A browser, a phone in it, a station that can go away, and the demonstration township."""

import pytest

from tests.browser.field_station import PATIENCE, Station
from tests.chromium import browser

LOCALES = {"zh": "zh-CN", "ug": "ug-CN", "en": "en-GB"}


@pytest.fixture
def chromium():
    return browser()


@pytest.fixture
def station(tmp_path):
    station = Station(tmp_path)
    station.start()
    yield station
    station.stop()


@pytest.fixture(scope="session")
def standing_station(tmp_path_factory):
    """One for all who only look, and leave it as it was."""
    station = Station(tmp_path_factory.mktemp("station"))
    station.start()
    yield station
    station.stop()


@pytest.fixture
def handset(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en")
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def township(tmp_path_factory):
    from tests.browser.township import Township

    township = Township(tmp_path_factory.mktemp("township"))
    township.start()
    yield township
    township.stop()


@pytest.fixture
def screens(chromium):
    """``screens({"width": 320, "height": 640}, "en")`` is a page of a fresh browser."""
    contexts = []

    def page(viewport: dict, language: str, javascript: bool = True):
        context = chromium.new_context(viewport=viewport, locale=LOCALES[language], java_script_enabled=javascript)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        return context.new_page()

    yield page
    for context in contexts:
        context.close()


@pytest.fixture
def phone(screens):
    return lambda language, **options: screens({"width": 360, "height": 740}, language, **options)


@pytest.fixture
def desk(screens):
    return lambda language, **options: screens({"width": 1366, "height": 768}, language, **options)
