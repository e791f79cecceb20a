"""A paper slip is read by the camera where the browser reads no codes by itself."""

import io

import pytest
import qrcode
from PIL import Image

from tests.browser.field_station import until
from tests.browser.handset import keep, new_case, ready
from tests.chromium import launch

BLIND = "delete window.BarcodeDetector; navigator.mediaDevices && (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()))"


@pytest.fixture
def slip(station):
    """A paper slip of the deputy's book: its serial, and what its QR code says."""
    return station.paper_slip()


def paper(text: str) -> Image.Image:
    """A slip on a table, a little askew, as a camera sees it."""
    table = Image.new("L", (640, 480), 150)
    code = qrcode.make(text, box_size=8, border=4).get_image().convert("L").resize((260, 260))
    table.paste(Image.new("L", (420, 300), 245), (90, 70))
    table.paste(code, (190, 100))
    return table.rotate(7, fillcolor=150, resample=Image.Resampling.BILINEAR)


def film(path, picture: Image.Image):
    """YUV4MPEG2, grey: what a fake camera shows again and again."""
    width, height = picture.size
    frame = b"FRAME\n" + picture.tobytes() + b"\x80" * (width * height // 2)
    path.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3)
    return path


def test_the_camera_reads_a_paper_slip_without_signal(tmp_path, station, slip):
    serial, text = slip
    shown = film(tmp_path / "slip.y4m", paper(text))
    chromium = launch("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={shown}")
    handset = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en")
    page = ready(handset, station)
    assert not page.evaluate("'BarcodeDetector' in window"), "this browser would not need the decoder"
    station.stop()
    new_case(page, station.url)
    page.click("[data-scan]")
    until(page, lambda: page.input_value("[name=slip]") == text, "the slip is read")
    assert page.locator("[data-viewfinder]").is_hidden()
    assert page.locator("[name=slip]").is_hidden(), "an address is not for reading"
    assert page.locator("[data-scanned]").is_visible()
    page.click("[data-scanned] button")
    assert page.input_value("[name=slip]") == ""
    assert page.locator("[data-scanned]").is_hidden()
    page.click("[data-scan]")
    until(page, lambda: page.input_value("[name=slip]") == text, "the slip is read again")
    keep(page)
    station.start()
    page.goto(f"{station.url}/field")
    until(page, lambda: [case["serial"] for case in station.cases()] == [serial], "the case has the paper slip")
    chromium.close()


def test_where_no_camera_is_lent_a_photo_of_the_slip_is_read(handset, station, slip):
    text = slip[1]
    handset.add_init_script(BLIND)
    page = ready(handset, station)
    new_case(page, station.url)
    for picture, read in ((Image.new("L", (640, 480), 150), ""), (paper(text), text)):
        file = io.BytesIO()
        picture.save(file, "JPEG")
        with page.expect_file_chooser() as asked:
            page.click("[data-scan]")
        asked.value.set_files({"name": "slip.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()})
        until(
            page,
            lambda read=read: page.input_value("[name=slip]") == read and page.is_visible("[data-error=slip]") != bool(read),
            "it is judged",
        )
