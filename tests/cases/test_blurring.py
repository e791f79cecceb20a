"""Faces and number plates are hidden for good, by those who may, and the unit gets only what is left."""

import io
import os
from datetime import date

import pytest
from PIL import Image

from fieldapp import journal
from fieldapp.cases import blurring, pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.verifying import findings
from fieldapp.database import db
from tests.reader import visit as go

SIZE = (140, 100)


@pytest.fixture
def taken(cast):
    """A case with a photo of fine stripes."""
    case = cast.logs()
    return case, stored(cast, case)


def stored(cast, case, size=SIZE) -> Attachment:
    image, file = Image.new("L", size), io.BytesIO()
    image.putdata([255 * (x % 2) for _y in range(size[1]) for x in range(size[0])])
    exif = Image.Exif()
    exif[0x010F] = "camera"
    image.save(file, "JPEG", quality=95, exif=exif)
    photo = pictures.store(file.getvalue(), case=case, purpose="matter", author=cast["deputy"])
    db.session.commit()
    return photo


def at(case, photo) -> str:
    return f"/cases/{case.number}/photos/{photo.id}/blur"


def hide(browser, case, photo, squares=("0",), form=None):
    form = form or go(browser, at(case, photo)).form("/blur")
    values = {name: value for name, value in form.values.items() if name != "squares"}
    return browser.post(form.action, data={**values, "squares": list(squares)})


def contrast(data: bytes, box) -> int:
    low, high = Image.open(io.BytesIO(data)).convert("L").crop(box).getextrema()
    return high - low


def on_disk() -> set[str]:
    return {path.name for path in pictures.uploads().rglob("*") if path.is_file()}


def acts(case) -> int:
    return sum(entry.act == "blur" for entry in journal.of(case.thing))


def test_what_is_hidden_is_gone_from_the_photo_its_thumbnail_and_the_disk(cast, visit, taken):
    case, photo = taken
    deputy, sha256, before = visit("deputy"), photo.sha256, on_disk()
    assert hide(deputy, case, photo, ("0", "8")).status_code == 303
    db.session.refresh(photo)
    whole = deputy.get(f"/cases/{case.number}/photos/{photo.id}").data
    small = deputy.get(f"/cases/{case.number}/photos/{photo.id}?small=1").data
    for data in (whole, small):
        assert contrast(data, (2, 2, 14, 14)) < 40 and contrast(data, (24, 24, 38, 38)) < 40
        assert contrast(data, (62, 62, 118, 78)) > 150
        assert not Image.open(io.BytesIO(data)).getexif()
    assert len(on_disk()) == 2 and not before & on_disk()
    assert photo.sha256 == sha256 and photo.verified_at and list(findings()) == []
    entry = journal.of(case.thing)[-1]
    assert (entry.act, entry.note, entry.facts, entry.shown) == ("blur", "", {"photo": photo.id}, False)


@pytest.mark.parametrize("squares", [(), ("35",), ("-1",), ("face",)])
def test_no_square_or_one_that_is_none_changes_nothing_and_is_said(cast, visit, taken, squares):
    case, photo = taken
    before = on_disk()
    reply = hide(visit("deputy"), case, photo, squares)
    assert reply.status_code == 422 and 'id="squares-error"' in reply.get_data(as_text=True)
    assert on_disk() == before and acts(case) == 0


def test_sent_twice_it_is_done_once(cast, visit, taken):
    case, photo = taken
    chair = visit("chair")
    form = go(chair, at(case, photo)).form("/blur")
    assert [hide(chair, case, photo, form=form).status_code for _time in range(2)] == [303, 303]
    assert acts(case) == 1 and len(on_disk()) == 2 and list(findings()) == []


def test_of_two_at_once_the_second_keeps_its_squares_and_looks_again(cast, visit, taken):
    case, photo = taken
    deputy = visit("deputy")
    form = go(deputy, at(case, photo)).form("/blur")
    assert hide(visit("chair"), case, photo).status_code == 303
    reply = hide(deputy, case, photo, ("7",), form)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 409 and 'value="7" aria-label="Row 2, column 1" checked' in page
    assert acts(case) == 1 and len(on_disk()) == 2 and list(findings()) == []
    assert hide(deputy, case, photo, ("7",)).status_code == 303 and acts(case) == 2


def test_a_unit_that_has_the_photo_gets_the_hidden_one_from_now_on(cast, visit, taken):
    case, photo = taken
    cast.does("chair", case, "handover", unit=cast.unit(), due=date(2099, 12, 4), summary="渠道淤堵", photos=[photo.id])
    address, unit = f"/cases/{case.number}/photos/1", visit("unit")
    assert contrast(unit.get(address).data, (2, 2, 14, 14)) > 150
    assert "has this photo already" in visit("chair").get(at(case, photo)).get_data(as_text=True)
    assert hide(visit("chair"), case, photo).status_code == 303
    assert contrast(unit.get(address).data, (2, 2, 14, 14)) < 40


def test_who_may_and_when(cast, visit, taken):
    case, photo = taken
    may = {"deputy", "chair", "clerk"}
    for account in ("deputy", "chair", "clerk", "unit", "deputy2", "stranger", "county", "admin"):
        assert visit(account).get(at(case, photo)).status_code == (200 if account in may else 404), account
    clerk, unit = visit("clerk"), visit("unit")
    form = go(clerk, at(case, photo)).form("/blur")
    cast.does("chair", case, "handover", unit=cast.unit(), due=date(2099, 12, 4), summary="渠道淤堵", photos=[photo.id])
    for account in ("deputy", "chair", "clerk", "unit"):
        page = visit(account).get(f"/cases/{case.number}").get_data(as_text=True)
        assert (at(case, photo) in page) == (account in ("deputy", "chair")), account
    assert clerk.get(at(case, photo)).status_code == 404 and hide(clerk, case, photo, form=form).status_code == 409
    assert unit.post(at(case, photo), data={"squares": "0"}).status_code in (400, 404)
    assert acts(case) == 0 and len(on_disk()) == 2


def test_another_cases_photo_or_one_whose_file_is_missing_is_not_there(cast, visit, taken):
    case, photo = taken
    other = cast.logs()
    deputy = visit("deputy")
    form = go(deputy, at(case, photo)).form("/blur")
    for address in (at(other, photo), at(case, photo)):
        assert deputy.get(address).status_code == (404 if address == at(other, photo) else 200)
    assert deputy.post(at(other, photo), data={**form.values, "squares": "0"}).status_code == 404
    pictures.path_of(photo).unlink()
    assert deputy.get(at(case, photo)).status_code == 404
    assert hide(deputy, case, photo, form=form).status_code == 404


def test_stopped_before_the_old_picture_went_it_goes_with_the_clock(cast, taken):
    case, photo = taken
    before, drawn = photo.file, blurring.blur(photo, [0])
    for name in (before, drawn[0]):
        blurring.note(name)
    cast.does("deputy", case, "blur", photo=photo, drawn=drawn)
    assert blurring.finish() == 0 and pictures.path_of(photo).exists() and (pictures.uploads() / before).exists()
    for note in (pictures.uploads() / "going").iterdir():
        os.utime(note, (0, 0))
    assert blurring.finish() == 1
    assert {path.split("/")[1] for path in (photo.file, pictures.small_of(photo.file))} == on_disk()


def test_stopped_before_the_row_was_written_the_picture_stays(cast, taken):
    _case, photo = taken
    blurring.note(photo.file)
    for note in (pictures.uploads() / "going").iterdir():
        os.utime(note, (0, 0))
    assert blurring.finish() == 0 and pictures.path_of(photo).exists() and len(on_disk()) == 2
