"""What a resident sends from a station's page, and what of it is kept."""

import io
import re

from PIL import Image
from sqlalchemy import select

from fieldapp.cases.case import Case
from fieldapp.database import db

STATION = "/station/square"


def cases() -> list[Case]:
    return list(db.session.scalars(select(Case)))


def form_of(browser, path=STATION) -> dict:
    page = browser.get(path).get_data(as_text=True)
    return {"once": re.search(r'name="once" value="([^"]+)"', page)[1]}


def picture(colour="red") -> tuple:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    file.seek(0)
    return file, "photo.jpg"
