"""The yardstick: what Flask costs before it does anything."""

from flask import Flask

app = Flask(__name__)
# Beside which a resident's first paint is measured: 14 kB, nothing to fetch, in the
# same script, so that both wait for the same font.
PLAIN = f"<!doctype html><html lang=zh><meta charset=utf-8><title>页</title><h1>页</h1><p>{'一页只有文字的网页。' * 466}</p></html>"


@app.get("/")
def hello():
    return "Hello, world"


@app.get("/plain")
def plain():
    return PLAIN
