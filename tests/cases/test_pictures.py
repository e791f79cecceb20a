"""Photos are checked, redrawn without metadata and shown to those who may see them."""

import io
import random
import struct
import zlib
from datetime import date

import pytest
from PIL import Image

from fieldapp.cases import pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.pictures import NotAPicture
from fieldapp.database import db


def drawn(kind: str = "JPEG", size=(64, 48), mode: str = "RGB", **how) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 0 if mode in ("1", "P", "L", "I;16") else "red").save(file, kind, **how)
    return file.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A small file that says it is large."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def webp_of(width: int, height: int) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


REFUSED = {
    "nothing": b"",
    "text": b"hello",
    "svg": b"<svg onload=alert(1)>",
    "gif": drawn("GIF"),
    "tiff": drawn("TIFF"),
    "bmp": drawn("BMP"),
    "pdf": b"%PDF-1.7" + bytes(100),
    "heic": b"\0\0\0\x18ftypheic" + bytes(200),
    "film": b"\0\0\0\x18ftypmp42" + bytes(200),
    "cut jpeg": drawn()[:-200],
    "jpeg head": b"\xff\xd8\xff\xe0" + bytes(50),
    "cut png": drawn("PNG")[:60],
    "cut webp": drawn("WEBP")[:30],
    "bomb": png_of(60_000, 60_000),
    "43 megapixels": png_of(6_500, 6_500),
    "webp bomb": webp_of(16_000, 16_000),
    "40 MB": drawn() + bytes(40 * 2**20),
    "html in jpeg": b"\xff\xd8\xff<html><script>alert(1)</script>",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_a_usable_picture_gets_a_sentence_and_leaves_nothing(app, cast, name):
    case = cast.logs()
    with app.test_request_context("/?lang=en"), pytest.raises(NotAPicture) as refused:
        pictures.store(io.BytesIO(REFUSED[name]), case=case, purpose="matter", author=cast["deputy"])
    assert refused.value.sentence.endswith(".")
    db.session.rollback()
    assert not list(pictures.uploads().rglob("*.*")) and not db.session.scalar(db.select(Attachment))


def test_forty_damaged_pictures_never_do_more_than_be_refused(app, cast):
    chance, case = random.Random(3), cast.logs()
    for n in range(60):
        data = bytearray(drawn(("JPEG", "PNG", "WEBP")[n % 3], (300, 200)))
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(12, len(data))] = chance.randrange(256)
        try:
            pictures.store(bytes(data), case=case, purpose="matter", author=cast["deputy"])
        except NotAPicture:
            continue


KINDS = [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("WEBP", "RGBA")]


@pytest.mark.parametrize("kind, mode", KINDS)
def test_every_usual_kind_becomes_a_plain_jpeg_and_a_thumbnail(app, cast, kind, mode):
    row = pictures.store(drawn(kind, (2000, 1200), mode), case=cast.logs(), purpose="matter", author=cast["deputy"])
    with Image.open(pictures.path_of(row)) as large, Image.open(pictures.path_of(row, small=True)) as small:
        assert (large.format, large.mode, large.size) == ("JPEG", "RGB", (1600, 960)) and max(small.size) == 320


def test_a_scan_keeps_more_and_a_turned_photo_stands_upright(app, cast):
    exif = Image.Exif()
    exif[0x0112] = 6
    row = pictures.store(drawn(size=(4000, 2000), exif=exif), case=cast.logs(), purpose="scan", author=cast["chair"])
    assert (row.width, row.height) == (1200, 2400)


def test_metadata_of_every_kind_is_gone(app, cast):
    exif, mark = Image.Exif(), b"CANARY-39.47-75.99"
    exif[0x010E] = mark.decode()
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("gps", mark.decode())
    jpeg, png = drawn(exif=exif, comment=mark, icc_profile=mark), drawn("PNG", pnginfo=info, exif=exif)
    tagged = [jpeg, png, drawn("WEBP", exif=exif, xmp=mark), drawn() + mark]
    plain = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for data in tagged:
        assert mark in data
        row = pictures.store(data, case=cast.logs(), purpose="matter", author=cast["deputy"])
        for small in (False, True):
            path = pictures.path_of(row, small)
            with Image.open(path) as image:
                assert mark not in path.read_bytes() and not image.getexif() and set(image.info) <= plain


def test_the_same_bytes_for_the_same_case_are_the_same_row(app, cast):
    case, other = cast.logs(), cast.logs()
    first = pictures.store(drawn(), case=case, purpose="matter", author=cast["deputy"])
    db.session.commit()
    assert pictures.store(io.BytesIO(drawn()), case=case, purpose="matter", author=cast["deputy"]) is first
    assert pictures.store(drawn(), case=other, purpose="matter", author=cast["deputy"]) is not first


def test_a_photo_is_shown_within_reach_and_to_a_unit_when_approved(cast, visit):
    case = cast.logs()
    hidden, shown = (pictures.store(drawn(size=(64, n)), case=case, purpose="matter", author=cast["deputy"]) for n in (40, 50))
    db.session.commit()
    cast.does("chair", case, "handover", unit=cast.unit(), due=date(2099, 12, 4), summary="渠道淤堵", photos=[shown.id])
    address, number = f"/cases/{case.number}/photos", case.number
    seen = {
        account: [visit(account).get(f"{address}/{photo}").status_code for photo in (hidden.id, shown.id)]
        for account in ("deputy", "chair", "clerk", "unit", "unit2", "deputy2", "stranger", "county", "admin")
    }
    assert seen == {
        "deputy": [200, 200],
        "chair": [200, 200],
        "clerk": [200, 200],
        "unit": [200, 404],  # it counts those that it sees
        "unit2": [404, 404],
        "deputy2": [404, 404],
        "stranger": [404, 404],
        "county": [404, 404],
        "admin": [404, 404],
    }
    answer = visit("unit").get(f"/cases/{number}/photos/1?small=1")
    assert answer.data == visit("chair").get(f"/cases/{number}/photos/{shown.id}?small=1").data
    assert not {"Last-Modified", "ETag", "Content-Disposition"} & set(answer.headers.keys())
    assert visit("unit").get(f"/cases/{number}/photos/0").status_code == 404
    assert answer.mimetype == "image/jpeg" and "no-store" in answer.headers["Cache-Control"]
    assert visit("chair").get(f"/cases/{cast.logs().number}/photos/{shown.id}").status_code == 404
