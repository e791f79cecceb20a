"""Invented photographs: a field, a ditch, a road under a changing sky."""

import io
import random

from PIL import Image, ImageDraw


def scene(seed: int) -> bytes:
    """A JPEG of 960 × 720 that looks like nobody's place; the same for the same seed."""
    chance = random.Random(seed)  # nosec B311: a drawing, no secret
    sky = tuple(chance.randint(*band) for band in ((150, 200), (190, 225), (215, 245)))
    land = tuple(chance.randint(*band) for band in ((110, 190), (140, 180), (70, 120)))
    picture = Image.new("RGB", (960, 720), sky)
    draw = ImageDraw.Draw(picture)
    horizon = chance.randint(240, 360)
    draw.rectangle((0, horizon, 960, 720), fill=land)
    for row in range(14):
        y = horizon + int((720 - horizon) * (row / 14) ** 1.6)
        shade = tuple(max(0, band - 12 - row * 2) for band in land)
        draw.line((0, y, 960, y + chance.randint(-8, 8)), fill=shade, width=2 + row)
    ditch = chance.randint(200, 700)
    draw.polygon(((ditch, horizon), (ditch + 14, horizon), (ditch + 190, 720), (ditch - 60, 720)), fill=(112, 150, 168))
    for _tree in range(chance.randint(2, 6)):
        x, size = chance.randint(0, 960), chance.randint(24, 60)
        draw.rectangle((x - 3, horizon - size, x + 3, horizon + 6), fill=(96, 78, 58))
        draw.ellipse((x - size // 2, horizon - 2 * size, x + size // 2, horizon - size // 2), fill=(84, 120, 74))
    sent = io.BytesIO()
    picture.save(sent, "JPEG", quality=80)
    return sent.getvalue()
