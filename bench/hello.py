"""The yardstick: what Flask costs before it does anything."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello, world"
