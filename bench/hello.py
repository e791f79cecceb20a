"""The yardstick: what Flask costs before it does anything."""

from flask import Flask

app = Flask(__name__)
# Beside which a resident's first paint is measured: 14 kB, nothing to fetch.
PLAIN = f"<!doctype html><html lang=en><meta charset=utf-8><title>Plain</title><h1>Plain</h1><p>{'Words and words. ' * 860}</p></html>"


@app.get("/")
def hello():
    return "Hello, world"


@app.get("/plain")
def plain():
    return PLAIN
