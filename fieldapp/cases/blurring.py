"""Squares of a photo made unreadable for good: faces, number plates.

The picture is drawn anew under another name; once the row names it, what was there
before goes from the disk. A note beside the photos says what is to go, so that it
goes even where the machine stopped in between. The SHA-256 of what a phone sent
stays: its receipt holds.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path

from PIL import Image
from sqlalchemy import exists, select

from fieldapp.cases import choosing, pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.database import db, now

COLUMNS = 7  # squares of a finger's width on a phone
MOST_ROWS = 21
# All that is left of a square: two by two dots.
DOTS = 2
# Nobody is still at work on a photo after this.
SURELY_DONE = timedelta(minutes=10)


def has_photos(case, actor) -> bool:
    return bool(choosing.photos(case))


def rows_of(photo: Attachment) -> int:
    return min(MOST_ROWS, max(1, round(COLUMNS * photo.height / photo.width)))


def blur(photo: Attachment, squares: list[int]) -> tuple[str, int, int]:
    """Keeps the photo anew without what is to be seen in these squares, counted
    from the upper left along the rows; returns what the row takes over."""
    return pictures.redraw_stored(photo, partial(_coarsen, squares=squares, rows=rows_of(photo)))


def _coarsen(image: Image.Image, squares: list[int], rows: int) -> None:
    for square in squares:
        row, column = divmod(square, COLUMNS)
        box = (*_corner(image, column, row, rows), *_corner(image, column + 1, row + 1, rows))
        part = image.crop(box)
        image.paste(part.resize((DOTS, DOTS), Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST), box)


def _corner(image: Image.Image, column: int, row: int, rows: int) -> tuple[int, int]:
    return image.width * column // COLUMNS, image.height * row // rows


def note(name: str) -> None:
    """Before the row is committed: this file goes as soon as no row names it."""
    path = _note(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    pictures.sync_folder(path.parent)


def strike(name: str) -> None:
    """The note alone: the picture stays."""
    _note(name).unlink(missing_ok=True)


def forget(name: str) -> None:
    """The picture, its thumbnail and the note about them go from the disk."""
    path = pictures.uploads() / name
    for file in (path, path.with_name(pictures.small_of(path.name))):
        file.unlink(missing_ok=True)
    if path.parent.is_dir():
        pictures.sync_folder(path.parent)
    strike(name)


def finish() -> int:
    """What was to go and is still there, goes; how many."""
    gone, before = 0, (now() - SURELY_DONE).timestamp()
    for path in _notes().glob("*.jpg"):
        if path.stat().st_mtime > before:
            continue
        name = path.name.replace("-", "/", 1)
        if db.session.scalar(select(exists().where(Attachment.file == name))):
            strike(name)
        else:
            forget(name)
            gone += 1
    return gone


def _note(name: str) -> Path:
    return _notes() / name.replace("/", "-", 1)


def _notes() -> Path:
    return pictures.uploads() / "going"
