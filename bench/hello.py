"""The yardstick: what Flask costs before it does anything."""

from flask import Flask

app = Flask(__name__)
# Beside which a resident's first paint is measured: 14 kB of reading as one would write
# it, nothing to fetch, in the same language, so that both wait for the same font.
STYLE = "body{max-width:36rem;margin:auto;padding:1rem;font:1.125rem/1.5 sans-serif}"
SECTION = f"<h2>一节</h2><p>{'一页只有文字的网页，请您慢慢读。' * 12}</p>"
PLAIN = (
    "<!doctype html><html lang=zh><head><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    f"<title>一页</title><style>{STYLE}</style></head><body><h1>一页</h1>{SECTION * 23}</body></html>"
)


@app.get("/")
def hello():
    return "Hello, world"


@app.get("/plain")
def plain():
    return PLAIN
