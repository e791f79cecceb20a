"""One way to visit a page in tests; every page that is visited is inspected."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import html5lib

TAG = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Page:
    """A page as a person without script meets it."""

    status: int
    html: str
    url: str
    tree: object = field(repr=False)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.tree.itertext()).split())

    def elements(self, *names: str):
        return [element for element in self.tree.iter() if element.tag in {TAG + name for name in names}]

    def form(self, ending: str) -> "Form":
        """The form whose action ends so."""
        found = [form for form in self.elements("form") if _path(form.get("action") or self.url).endswith(ending)]
        assert found, f"no form to …{ending} on {self.url}; there are {[f.get('action') for f in self.elements('form')]}"
        return Form.of(found[0], self.url)

    def offers(self, ending: str) -> bool:
        return any(_path(form.get("action") or "").endswith(ending) for form in self.elements("form"))


@dataclass
class Form:
    action: str
    values: dict

    @classmethod
    def of(cls, element, url: str) -> "Form":
        values: dict = {}
        for control in element.iter():
            tag, name = control.tag.removeprefix(TAG), control.get("name")
            if not name:
                continue
            if tag == "textarea":
                values[name] = (control.text or "").lstrip("\n")
            elif tag == "select":
                options = list(control.iter(TAG + "option"))
                chosen = [option for option in options if option.get("selected") is not None] or options[:1]
                values[name] = chosen[0].get("value") if chosen else ""
            elif tag == "input" and control.get("type") in ("checkbox", "radio"):
                if control.get("checked") is not None:
                    values[name] = control.get("value") or "on"
            elif tag == "input" and control.get("type") != "file":
                values[name] = control.get("value") or ""
        return cls((element.get("action") or url).split("#")[0], values)


def _path(action: str) -> str:
    return action.split("?")[0].split("#")[0]


def visit(client, url: str, **options) -> Page:
    return read(client.get(url, follow_redirects=True, **options))


def send(client, page: Page, ending: str, **typed) -> Page:
    """Fills the form that posts to …``ending`` and sends it."""
    form = page.form(ending)
    data = {**form.values, **{name.rstrip("_"): value for name, value in typed.items()}}
    return read(client.post(form.action, data=data, content_type="multipart/form-data", follow_redirects=True))


def read(response) -> Page:
    html = response.get_data(as_text=True)
    page = Page(response.status_code, html, response.request.path, html5lib.parse(html))
    if response.mimetype == "text/html" and "<html" in html:
        inspect(page)
    return page


def inspect(page: Page) -> None:
    """What must hold of every page: title, one h1, lang and dir, labels,
    unique ids, form methods, nothing inline."""
    root = page.elements("html")[0]
    assert root.get("lang") in ("zh", "ug", "en"), page.url
    assert root.get("dir") == ("rtl" if root.get("lang") == "ug" else "ltr"), page.url
    assert page.elements("title")[0].text, page.url
    assert len([e for e in shown(root) if e.tag == TAG + "h1"]) == 1, page.url
    ids = [element.get("id") for element in page.tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"{page.url}: ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for form in page.elements("form"):
        assert (form.get("method") or "").lower() in ("post", "get"), f"{page.url}: a form without method"
    labels = page.elements("label")
    labelled = {label.get("for") for label in labels}
    wrapped = {control for label in labels for control in label.iter()}
    for control in (e for e in shown(root) if e.tag in {TAG + name for name in ("input", "textarea", "select")}):
        if control.get("type") in ("hidden", "submit"):
            continue
        assert control.get("id") in labelled or control in wrapped or control.get("aria-label"), (
            f"{page.url}: {control.get('name')} has no label"
        )
    _Inline().feed(page.html)


def shown(element):
    """The element and what is in it, without hidden parts and templates."""
    yield element
    for child in element:
        if isinstance(child.tag, str) and child.tag != TAG + "template" and child.get("hidden") is None:
            yield from shown(child)


class _Inline(HTMLParser):
    def handle_starttag(self, tag, attributes):
        for name, _value in attributes:
            assert not name.startswith("on"), f"an inline handler: {name}"
            assert name != "style", f"an inline style on {tag}"
