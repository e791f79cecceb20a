"""What must hold of every page in every language: axe, contrast by day and by
night, room on a narrow phone, targets a thumb can hit, markup, nothing to complain of."""

from axe_playwright_python.base import AXE_SCRIPT

from checks import markup
from tests.browser.walk import addresses

LANGUAGES = ("zh", "ug", "en")
# A sheet of paper is as wide as it is printed.
PAPER = ("/print", "/sheet", "/a4", "/a6")
RUN = "(options) => axe.run({ resultTypes: ['violations'], ...options }).then((found) => found.violations)"
# What the night may change of a page.
CONTRAST = ["color-contrast", "link-in-text-block"]
# Colours may be on their way from one scheme to the other.
AT_REST = "Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)))"
# Links within running text and what a label covers are as large as the text or the label.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), textarea")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((e) => e.tabIndex >= 0 && !e.closest("p, li p, dd, td, label, .visually-hidden"))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([, r]) => r.width > 8 && r.height > 8 && (r.height < 43.5 || r.width < 43.5))
  .map(([e, r]) => [e.localName, e.className, (e.innerText || e.name || "").slice(0, 20), Math.round(r.width), "by", Math.round(r.height)].join(" "))
"""


def everything(page, township, account: str | None, tmp_path) -> list[str]:
    """Sentences about what is wrong; ``page`` is a phone's."""
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("response", lambda answer: wrong.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)
    found = addresses(page, township, account, tmp_path)
    assert len(found) > 2, found
    sent = {}
    for path in found:
        for language in LANGUAGES:
            page.emulate_media(color_scheme="light")
            answer = page.goto(f"{township.url}{path}?lang={language}")
            sent[f"{path} {language}"] = answer.text()
            wrong += [f"{path} {language}: {sentence}" for sentence in faults_of(page, path)]
    # Where java is missing, test_pages_in_the_hand says so.
    return wrong + (markup.errors(sent) if markup.is_at_hand() else [])


def in_the_sun(page, enhanced: bool = True) -> list[str]:
    """What axe finds wrong on a page that is read in the sun: contrast of seven to one, by day and by night."""
    contrast = [*CONTRAST, *["color-contrast-enhanced"] * enhanced]
    return list(_by_day_and_by_night(page, {"rules": {"color-contrast-enhanced": {"enabled": enhanced}}}, contrast))


def faults_of(page, path: str):
    yield from _by_day_and_by_night(page, {}, CONTRAST)
    if path.endswith(PAPER):
        return
    yield from (f"too small to touch: {target}" for target in page.evaluate(SMALL_TARGETS))
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
        yield f"{width} px wide on a phone of 320"
    page.set_viewport_size(size)


def _by_day_and_by_night(page, options: dict, contrast: list[str]):
    """The page as it is by day; of what the night changes, its colours alone."""
    page.evaluate(AXE_SCRIPT)
    page.emulate_media(color_scheme="light")
    yield from _violations(page, options)
    page.emulate_media(color_scheme="dark")
    yield from (f"dark: {sentence}" for sentence in _violations(page, {"runOnly": contrast}))


def _violations(page, options: dict):
    page.evaluate(AT_REST)
    for violation in page.evaluate(RUN, options):
        nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:2])
        yield f"{violation['id']} × {len(violation['nodes'])}: {nodes}"
