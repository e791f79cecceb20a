"""Templates are compiled for each language by itself: a sentence that is the same
on every page, ``{{ _("…") }}`` alone, is put in then, not looked up each time. So
is a drawing.
"""

import re

from flask import Flask, current_app, request
from flask.templating import Environment
from flask_babel import force_locale, gettext
from jinja2 import StrictUndefined
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, _escape_inner, escape

from fieldapp import language

CONSTANT = re.compile(r"""\{\{ _\((["'])([^"'\\{}%]+)\1\) \}\}""")
DRAWING = re.compile(r"""\{\{ drawing\("([a-z]+)"\) \}\}""")


def escaped(thing) -> str:
    """As Jinja escapes; a plain string, which most of what is put out is, without making markup of it."""
    return _escape_inner(thing) if type(thing) is str else escape(thing)


class Writing(CodeGenerator):
    """Jinja's, but for what escapes."""

    def _output_child_pre(self, node, frame, finalize):
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Spoken(Environment):
    """Flask's environment, and beneath it one for each language."""

    speaks: str | None = None
    code_generator_class = Writing
    escaped = staticmethod(escaped)

    def __init__(self, app: Flask, **options):
        super().__init__(app, **options)
        self.app, self.spoken = app, {}
        self.undefined = StrictUndefined
        self.globals |= {"drawn": drawn, "each_drawn": each_drawn}
        self.trim_blocks = self.lstrip_blocks = True

    def get_template(self, name, parent=None, globals=None):
        if self.speaks is None:
            return self._speaking(language.current()).get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    def make_globals(self, d):
        """Those of the environment, not a chain of mappings that each page copies through."""
        return super().make_globals(d) if d else self.globals

    def _speaking(self, code: str) -> "Spoken":
        if code not in self.spoken:
            one = self.overlay(cache_size=400)
            one.speaks = code
            self.spoken[code] = one
        return self.spoken[code]

    def preprocess(self, source, name=None, filename=None):
        source = super().preprocess(source, name, filename)
        if self.speaks is None or not (name or "").endswith(".html"):
            return source
        with self.app.app_context(), force_locale(self.speaks):
            source = DRAWING.sub(lambda found: self.globals["drawing"](found[1]), source)
            return CONSTANT.sub(lambda found: _put_in(found[0], gettext(found[2])), source)


def _put_in(expression: str, words: str) -> str:
    """The words, unless Jinja would read more into them than words."""
    return expression if re.search(r"[{}%#]", words) else str(escape(words))


class Drawn(dict):
    """HTML by what it follows from, up to so many characters."""

    def __init__(self, room: int):
        self.room, self.held = room, 0

    def put(self, key: tuple, html: str) -> str:
        self.held += len(html)
        if self.held > self.room:
            self.clear()
            self.held = len(html)
        self[key] = html
        return html


OWN = re.compile(r'name="(csrf_token|once)"')
_drawn, _regions = Drawn(2**21), Drawn(2**20)


def region(template: str, words: dict) -> str:
    """The HTML of a template that knows only these words, and the language. It is
    for whoever is told them, so that no form in it may bear anybody's token."""
    key = (language.current(), request.script_root, template, *words.items())
    html = _regions.get(key)
    if html is None:
        html = current_app.jinja_env.get_template(template).render(words)
        if OWN.search(html):
            raise RuntimeError(f"{template} is drawn for all, and bears somebody's token.")
        _regions.put(key, html)
    return html


def drawn(macro, *words) -> str:
    """A macro's HTML, which follows from its words and the language alone: lists
    ask for the same rows and badges again and again."""
    key = (language.current(), macro.name, *words)
    return _drawn.get(key) or _drawn.put(key, macro(*words))


def each_drawn(macro, things, *words) -> Markup:
    """The same of each thing in turn."""
    code, name = language.current(), macro.name
    found = [_drawn.get((code, name, thing, *words)) or drawn(macro, thing, *words) for thing in things]
    return Markup("".join(found))  # nosec B704: what the macro drew, escaped by Jinja
