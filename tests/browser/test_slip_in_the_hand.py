"""The page behind a slip on a phone of 360 × 740: what is seen at once, in two taps, aloud."""

import pytest

from fieldapp import create_app
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.slips.codes import code_of, find

LANGUAGES = ("zh", "ug", "en")
FOLD = 740
# What the page must say without scrolling, by state; the rest has no present step.
ALWAYS = (".top .pic svg", ".top", "h1")
ON_THE_WAY = (".step", ".dots .here")
LOWEST = "(element) => element.getBoundingClientRect().bottom"
SMALLEST = """() => Math.min(...[...document.querySelectorAll("body *")].filter(
  (element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
).map((element) => parseFloat(getComputedStyle(element).fontSize)))"""
BROKEN = """() => [...document.querySelectorAll("main button")].filter((button) => button.checkVisibility()).filter((button) => {
  const given = button.offsetWidth;
  Object.assign(button.style, { overflowWrap: "normal", inlineSize: "min-content" });
  return button.offsetWidth > given;
}).map((button) => button.innerText)"""
UNFOLDED = "() => document.querySelectorAll('details').forEach((each) => (each.open = true))"
TEXT_TWICE_AS_LARGE = "document.documentElement.style.fontSize = '200%'"
SPEECH = """(voices) => {
  const said = (window.said = []);
  const speech = Object.assign(new EventTarget(), {
    speaking: false, getVoices: () => voices, cancel() { this.speaking = false; },
    speak(words) { this.speaking = true; said.push([words.lang, words.text.trim()]); },
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""
ON_THE_PHONE = [
    {"lang": "zh-HK", "localService": True},
    {"lang": "cmn-Hans-CN", "localService": True},
    {"lang": "en_GB", "localService": True},
]
FAR_AWAY = [{"lang": "zh-CN", "localService": False}]


@pytest.fixture(scope="module")
def matters(township, tmp_path_factory):
    """Address → state of every matter of the demonstration, and what is worth finding again."""
    app = create_app({"INSTANCE": township.instance, "BASE_URL": township.url})
    with app.app_context():
        rows = [case for case in db.session.scalars(db.select(Case).order_by(Case.id)) if case.slip and find(code_of(case.slip))]
        found = {f"{township.url}/s/{code_of(case.slip)}": _kind(case) for case in rows}
        db.engine.dispose()
    return found


def _kind(case) -> tuple[str, str, bool]:
    """State, letter of an answer that can be read, whether it has a photo."""
    answer = case.answer if case.answer and case.answer.is_visible else None
    return case.state, answer.letter if answer else "", bool(answer and answer.photos)


def one(matters, state: str, letter: str = "", photo: bool | None = None) -> str:
    return next(url for url, (is_, has, pictured) in matters.items() if (is_, has) == (state, letter) and photo in (None, pictured))


def test_the_demonstration_holds_every_kind_of_page(matters):
    kinds = {(state, letter) for state, letter, _photo in matters.values()}
    assert {("answered", letter) for letter in "ABCD"} | {("answered", "")} <= kinds
    assert {"logged", "confirmed", "handed_over", "accepted", "settled", "guided", "withdrawn"} <= {state for state, _letter in kinds}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_stands_who_has_it_and_until_when_are_seen_without_scrolling(matters, phone, language):
    page, wrong = phone(language), []
    for url, (state, letter, _photo) in matters.items():
        page.goto(f"{url}?lang={language}")
        wanted = ALWAYS + (() if state in ("guided", "withdrawn") else ON_THE_WAY)
        if state in ("handed_over", "accepted") or letter in ("B", "C"):
            wanted += (".due",)
        for selector in wanted:
            below = page.locator(selector).first.evaluate(LOWEST)
            if below > FOLD:
                wrong.append(f"{language} {state} {letter}: {selector} ends at {below:.0f}")
    assert not wrong, "\n".join(wrong)


def test_no_word_is_smaller_than_18_px(matters, phone):
    page = phone("ug")
    for url, kind in matters.items():
        page.goto(f"{url}?lang=ug")
        page.evaluate(UNFOLDED)
        assert page.evaluate(SMALLEST) >= 18, kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_at_320_px_nor_with_text_twice_as_large(matters, phone, language):
    page, wrong = phone(language), []
    for url, kind in matters.items():
        page.goto(f"{url}?lang={language}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        for width, larger in ((320, None), (360, TEXT_TWICE_AS_LARGE)):
            page.set_viewport_size({"width": width, "height": FOLD})
            if larger:
                page.evaluate(larger)
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                wrong.append(f"{language} {kind} is {wide} px wide on {width}")
    assert not wrong, "\n".join(wrong)


def test_solved_and_satisfied_are_two_taps_without_script_or_typing_and_no_word_on_them_is_broken(matters, phone):
    page, url = phone("ug", javascript=False), one(matters, "answered", "A")
    for answer in ("yes", "satisfied"):
        for language in LANGUAGES:
            page.goto(f"{url}?lang={language}")
            assert page.locator(f".ask [value={answer}]").is_visible() and page.evaluate(BROKEN) == [], language
        with page.expect_navigation():
            page.locator(f".ask [value={answer}]").click()
    assert page.locator(".thanks >> visible=true").count() == 1
    assert page.locator(".ask").count() == page.locator("details .ask").count()


def test_every_control_is_reached_by_keyboard_and_shows_it(matters, phone):
    page = phone("en")
    page.goto(one(matters, "answered", "D"))
    controls = page.locator("a[href], button:not([hidden]), summary").evaluate_all(
        "(all) => all.filter((one) => one.checkVisibility()).length"
    )
    for _stop in range(controls):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator("button[value=yes]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector(".thanks:visible, [value=satisfied]")


def test_with_colours_forced_the_present_step_still_differs(matters, phone):
    page = phone("en")
    page.emulate_media(forced_colors="active")
    page.goto(one(matters, "accepted"))
    colour = "(dot) => getComputedStyle(dot, '::after').backgroundColor"
    past, here = (page.locator(f".dots .{name}").first.evaluate(colour) for name in ("past", "here"))
    coming = page.locator(".dots li").last.evaluate(colour)
    assert past == here != coming


def test_only_the_page_and_its_script_are_fetched_before_a_photo_is_asked_for(matters, phone):
    page, asked = phone("zh"), []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto(one(matters, "answered", "A", photo=True))
    page.wait_for_load_state("networkidle")
    assert asked == ["document", "script"]
    page.locator("photo-here a").first.click()
    shown = page.locator("photo-here img").first
    shown.wait_for()
    page.wait_for_function("document.querySelector('photo-here img').naturalWidth > 0")
    assert asked == ["document", "script", "image"] and shown.get_attribute("alt")
    page.locator("photo-here a").first.click()
    assert shown.is_hidden()


def test_without_script_a_photo_is_a_link_to_the_picture(matters, phone):
    page, asked = phone("zh", javascript=False), []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto(one(matters, "answered", "A", photo=True))
    assert asked == ["document"]
    with page.expect_response("**/photos/*") as picture:
        page.locator("photo-here a").first.click()
    assert picture.value.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("language, heard", [("zh", True), ("en", True), ("ug", False)])
def test_it_reads_itself_aloud_where_the_phone_has_a_voice(matters, phone, language, heard):
    page = phone(language)
    page.add_init_script(f"({SPEECH})({ON_THE_PHONE})".replace("True", "true"))
    page.goto(one(matters, "accepted") + f"?lang={language}")
    button = page.locator("read-aloud button")
    assert button.is_visible() == heard
    if heard:
        button.click()
        said = page.evaluate("window.said")
        words = " ".join(text for _lang, text in said)
        for part in ("h1", ".due"):
            assert page.locator(part).inner_text().strip() in words
        assert {lang for lang, _text in said} == {{"zh": "cmn-Hans-CN", "en": "en_GB"}[language]}


def test_an_answer_in_a_language_without_a_voice_is_not_read_by_another_ones(matters, phone):
    page = phone("en")
    page.add_init_script(f"({SPEECH})({ON_THE_PHONE})".replace("True", "true"))
    page.goto(one(matters, "answered", "A") + "?lang=en")
    page.locator(".words").first.evaluate("(words) => { words.lang = 'ug'; }")
    page.locator("read-aloud button").click()
    said = " ".join(text for _lang, text in page.evaluate("window.said"))
    assert page.locator("h1").inner_text() in said
    assert page.locator(".words").first.inner_text()[:20] not in said


@pytest.mark.parametrize("javascript", [True, False])
def test_no_voice_or_one_that_speaks_from_elsewhere_leaves_no_button(matters, phone, javascript):
    page = phone("zh", javascript=javascript)
    page.add_init_script(f"({SPEECH})({FAR_AWAY})".replace("False", "false"))
    page.goto(one(matters, "accepted"))
    assert page.locator("read-aloud button").is_hidden()
