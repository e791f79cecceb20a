"""Hostile and tagged pictures: none is kept unstripped, none costs a worker, none is decoded that is too large."""

import io
import os
import random
import resource
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from fieldapp.cases import pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.pictures import NotAPicture
from fieldapp.database import db
from tests.cases.test_pictures import REFUSED, drawn, png_of, webp_of

FILES = int(os.environ.get("FAULT_UPLOADS", "60"))
CANARY = b"CANARY-39.47-75.99"
PLAIN = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def tagged(chance) -> bytes:
    """A sound picture with the canary wherever its kind has room for one."""
    exif, info = Image.Exif(), PngInfo()
    exif[0x010E], exif[0x9286] = CANARY.decode(), CANARY
    exif.get_ifd(0x8825)[0x001D] = CANARY.decode()
    info.add_text("gps", CANARY.decode(), zip=chance.random() < 0.5)
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    size = (chance.randint(8, 300), chance.randint(8, 300))
    colour = tuple(chance.randrange(256) for _ in range(3))
    picture, file = Image.new("RGB", size, colour), io.BytesIO()
    match chance.randrange(4):
        case 0:
            picture.save(file, "JPEG", exif=exif, comment=CANARY, icc_profile=CANARY, xmp=CANARY, quality=chance.randint(20, 95))
        case 1:
            picture.save(file, "PNG", pnginfo=info, exif=exif, icc_profile=CANARY)
        case 2:
            picture.save(file, "WEBP", exif=exif, xmp=CANARY, icc_profile=CANARY)
        case 3:
            other = Image.new("RGB", size, "blue")
            picture.save(file, "PNG", save_all=True, append_images=[other], pnginfo=info)
    return file.getvalue() + CANARY * chance.randrange(2)


def hostile(chance) -> bytes:
    """Cut, twisted, glued, or saying more of itself than there is."""
    good = tagged(chance)
    match chance.randrange(7):
        case 0:
            return good[: chance.randrange(1, len(good))]
        case 1:
            data = bytearray(good)
            for _ in range(chance.randint(1, 40)):
                data[chance.randrange(4, len(data))] = chance.randrange(256)
            return bytes(data)
        case 2:
            return png_of(chance.randint(1, 2**31 - 1), chance.randint(1, 2**31 - 1))
        case 3:
            return webp_of(chance.randint(6400, 16384), chance.randint(6400, 16384))
        case 4:
            return text_bomb(chance.choice([b"zTXt", b"iTXt", b"iCCP"]))
        case 5:
            return chance.choice([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]) + chance.randbytes(chance.randint(0, 4000))
    return chance.choice(list(REFUSED.values()))


def text_bomb(kind: bytes) -> bytes:
    """A small PNG whose compressed words would fill the memory."""
    words = b"x\0" + (b"\1\0\0\0" if kind == b"iTXt" else b"\0") + zlib.compress(bytes(60 * 2**20), 9)
    chunk = struct.pack(">I", len(words)) + kind + words + struct.pack(">I", zlib.crc32(kind + words))
    small = drawn("PNG")
    return small[:33] + chunk + small[33:]


def test_of_hostile_and_tagged_uploads_none_is_kept_unstripped_and_none_does_more_than_be_refused(app, cast):
    chance, kept, refused = random.Random(23), 0, 0
    case, author = cast.logs(), cast["deputy"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for n in range(FILES):
        data = tagged(chance) if n % 2 else hostile(chance)
        try:
            row = pictures.store(data, case=case, purpose="matter", author=author)
            db.session.commit()
        except NotAPicture as refusal:
            db.session.rollback()
            refused += 1
            assert n % 2 == 0 and refusal.sentence
            continue
        kept += 1
        for small in (False, True):
            path = pictures.path_of(row, small)
            with Image.open(path) as image:
                image.load()
                assert image.format == "JPEG" and not image.getexif() and set(image.info) <= PLAIN
            assert CANARY not in path.read_bytes() and CANARY[:12] not in path.read_bytes()
    names = {path.name for path in pictures.uploads().rglob("*") if path.is_file()}
    rows = db.session.scalars(db.select(Attachment)).all()
    assert names == {name.rsplit("/")[-1] for row in rows for name in (row.file, row.file.replace(".jpg", ".small.jpg"))}
    assert kept >= FILES // 2 and refused >= FILES // 5
    # Kilobytes: a bomb that went off would be seen.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000


def test_no_decoder_is_asked_for_more_than_forty_megapixels(app, cast, monkeypatch):
    decoded = []
    for plugin in ("PngImagePlugin.PngImageFile", "JpegImagePlugin.JpegImageFile", "WebPImagePlugin.WebPImageFile"):
        monkeypatch.setattr(f"PIL.{plugin}.load", lambda image, *_a: decoded.append(image.size))
    grey = Image.new("1", (8000, 5001))
    for kind in ("PNG", "JPEG"):
        file = io.BytesIO()
        grey.convert("L").save(file, kind, quality=1) if kind == "JPEG" else grey.save(file, kind)
        try:
            pictures.store(file.getvalue(), case=cast.logs(), purpose="matter", author=cast["deputy"])
        except NotAPicture as refusal:
            assert "40" in refusal.sentence
            continue
        raise AssertionError(f"{kind} of 40.008 megapixels was taken")
    for bomb in (png_of(6_500, 6_500), png_of(60_000, 60_000), webp_of(16_000, 16_000)):
        try:
            pictures.store(bomb, case=cast.logs(), purpose="matter", author=cast["deputy"])
        except NotAPicture:
            continue
        raise AssertionError("a bomb was taken")
    assert decoded == []
