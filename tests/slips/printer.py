"""Prints pages of the application with Chromium, and measures the paper.

The browser asks the test client: no server, no network.
"""

from contextlib import contextmanager
from contextvars import copy_context
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from PIL import Image

from tests.chromium import browser

DPI = 300


@contextmanager
def opened(client, path: str, *, width=1366, height=768, method="GET", data=None, dark=False):
    """A Chromium page that shows what the client is answered."""
    # The browser's callbacks run in a context of their own, without the application's.
    inside = copy_context()
    with browser().new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light") as context:
        context.set_default_timeout(90_000)
        page = context.new_page()

        def answer(route):
            parts = urlsplit(route.request.url)
            first = parts.path == urlsplit(path).path
            asked = {"method": method, "data": data} if first else {}
            reply = inside.run(lambda: client.open(parts.path, query_string=parts.query, **asked))
            route.fulfill(status=reply.status_code, body=reply.get_data(), headers={"Content-Type": reply.content_type})

        page.route("**/*", answer)
        page.goto("http://paper.example" + path)
        yield page


def printed(client, path: str, **more) -> list[Image.Image]:
    """The pages of the PDF that Chromium prints, at 300 dots an inch."""
    with opened(client, path, **more) as page:
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    document = pypdfium2.PdfDocument(pdf)
    return [sheet.render(scale=DPI / 72).to_pil().convert("L") for sheet in document]


def dots(millimetres: float) -> float:
    return millimetres * DPI / 25.4


def millimetres(dots: float) -> float:
    return dots * 25.4 / DPI


def codes(image: Image.Image) -> list:
    """Every QR symbol on the paper; ``.text`` is what it says."""
    return list(zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode))


def extent(code) -> tuple[float, float, float, float]:
    """Left, top, width and height of a symbol in millimetres."""
    corners = [code.position.top_left, code.position.top_right, code.position.bottom_right, code.position.bottom_left]
    xs, ys = [millimetres(corner.x) for corner in corners], [millimetres(corner.y) for corner in corners]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
