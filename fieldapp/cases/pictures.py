"""Photos and scans: checked, redrawn without metadata, kept on disk.

What was sent is dropped; its SHA-256 stays in the row, to confirm the receipt.
"""

import hashlib
import os
import secrets
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from flask_babel import gettext as _
from PIL import Image, ImageOps
from sqlalchemy import select

from fieldapp import waiting
from fieldapp.cases.attachment import Attachment
from fieldapp.database import db, now

MOST_BYTES = 20 * 2**20
MOST_PIXELS = 40_000_000
EDGE = {"scan": 2400}
ORDINARY_EDGE = 1600
SMALL_EDGE = 320
FORMATS = ("JPEG", "PNG", "WEBP")

# A picture of forty megapixels takes 160 MB while it is redrawn: one at a time.
_redrawing = threading.Semaphore(1)


class NotAPicture(Exception):
    """What was sent cannot be kept; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def store(source: bytes | BinaryIO, *, case, purpose: str, author, answer=None, approved: bool = False) -> Attachment:
    """Checks, redraws and keeps a picture; the caller commits its row.

    The same bytes for the same case are the same row. Raises NotAPicture.
    """
    data = source if isinstance(source, bytes) else source.read(MOST_BYTES + 1)
    digest = digest_of(data)
    row = db.session.scalar(select(Attachment).where(Attachment.case_id == case.id, Attachment.sha256 == digest))
    drawn = None if row and row.verified_at else redraw(data, purpose)
    if row is None:
        row = Attachment(case=case, purpose=purpose, sha256=digest, at=now(), author_id=author.id, approved=approved)
        row.bytes, row.type = len(data), kind_of(data)
    if drawn:
        receive(row, drawn)
    if answer is not None:
        row.answer = answer
    db.session.add(row)
    return row


def receive(row: Attachment, drawn: tuple[str, int, int]) -> None:
    """Notes in the row that its picture lies on disk."""
    row.file, row.width, row.height = drawn
    row.verified_at = now()


def path_of(attachment: Attachment, small: bool = False) -> Path:
    """Where the stored picture, or its thumbnail, lies."""
    name = attachment.file or ""
    return uploads() / (small_of(name) if small else name)


def small_of(name: str) -> str:
    return name.replace(".jpg", ".small.jpg")


def uploads() -> Path:
    return current_app.config["INSTANCE"] / "uploads"


def redraw(data: bytes, purpose: str = "matter") -> tuple[str, int, int]:
    """Keeps the picture as JPEG without metadata, and a thumbnail, both synced
    to disk; returns its name under uploads, width and height. Raises NotAPicture."""
    refuse_unless_picture(data)
    with waiting.aside(), _redrawing:
        return _keep_both(_decoded(data, EDGE.get(purpose, ORDINARY_EDGE)))


def redraw_stored(attachment: Attachment, change: Callable[[Image.Image], None]) -> tuple[str, int, int]:
    """Keeps a stored picture once more, under another name, as ``change`` leaves it."""
    with waiting.aside(), _redrawing, Image.open(path_of(attachment), formats=("JPEG",)) as image:
        large = _flat(image)
        change(large)
        return _keep_both(large)


def _keep_both(large: Image.Image) -> tuple[str, int, int]:
    small = large.copy()
    small.thumbnail((SMALL_EDGE, SMALL_EDGE))
    token = secrets.token_hex(16)
    name = f"{token[:2]}/{token}.jpg"
    _keep(uploads() / small_of(name), _jpeg(small, 75))
    _keep(uploads() / name, _jpeg(large, 82))
    return name, *large.size


def refuse_unless_picture(data: bytes) -> None:
    """By size and first bytes alone, before any decoder sees it."""
    if len(data) > MOST_BYTES:
        raise NotAPicture(_("The photo is larger than %(limit)s MB. Send a smaller one.", limit=MOST_BYTES >> 20))
    if data[4:8] == b"ftyp":
        raise NotAPicture(_("This is a HEIC photo or a film. In the camera's settings choose “most compatible” (JPEG) and take it again."))
    if kind_of(data) not in ("image/jpeg", "image/png", "image/webp"):
        raise NotAPicture(_("This file is not a photo. Send a JPEG, PNG or WebP picture."))
    if _webp_pixels(data) > MOST_PIXELS:
        raise _too_many_pixels()


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def kind_of(data: bytes) -> str:
    """The media type by magic bytes."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "application/octet-stream"


def _webp_pixels(data: bytes) -> int:
    """The canvas of an extended WebP file (RFC 9649, 2.7): its decoder sets
    aside memory for it as soon as the file is opened."""
    if data[8:16] != b"WEBPVP8X" or len(data) < 30:
        return 0
    return (1 + int.from_bytes(data[24:27], "little")) * (1 + int.from_bytes(data[27:30], "little"))


def _decoded(data: bytes, edge: int) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_many_pixels()
            image.draft("RGB", (edge, edge))
            image.load()
            image.thumbnail((edge, edge))
            return _flat(ImageOps.exif_transpose(image))
    except NotAPicture:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # hostile files make a decoder raise anything
        raise NotAPicture(_("The photo is damaged and cannot be opened. Take it again, or choose another.")) from error


def _flat(image: Image.Image) -> Image.Image:
    """Plain red, green, blue: transparency on white, nothing carried along."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _too_many_pixels() -> NotAPicture:
    return NotAPicture(_("The photo has more than %(limit)s megapixels. Send a smaller one.", limit=MOST_PIXELS // 1_000_000))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def _keep(path: Path, data: bytes) -> None:
    """Staged, synced, renamed: the name never stands for half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with open(draft, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
