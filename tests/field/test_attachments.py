"""A photo arrives in chunks, whatever happens on the way, or is refused."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from PIL import Image

from fieldapp.cases import pictures
from fieldapp.cases.attachment import Attachment
from fieldapp.database import db
from fieldapp.field import attachments_partial
from fieldapp.field.attachments_partial import Partial
from tests.field.phone import a_photo, a_record, declare, sha

PART = 5000


def rows() -> list[Attachment]:
    return list(db.session.scalars(db.select(Attachment)))


@pytest.fixture
def photo() -> bytes:
    return a_photo(5)


@pytest.fixture
def deputy(phone, photo):
    deputy = phone()
    assert deputy.sync(a_record(id="019aa000-0000-7000-8000-000000000001", attachments=declare(photo))).status_code == 201
    return deputy


def test_a_photo_nobody_announced_is_not_taken(deputy, phone, photo):
    assert deputy.put(a_photo(6)).status_code == 404
    assert phone("deputy2").put(photo).status_code == 404
    assert phone("deputy2").client.head(f"/field/attachments/{sha(photo)}").status_code == 404
    assert deputy.put(photo, name="../../etc/passwd").status_code == 404
    assert deputy.put(photo, name="A" * 64).status_code == 404


def test_a_stale_token_and_a_full_disk_keep_the_photo_on_the_phone(deputy, photo, monkeypatch):
    assert deputy.put(photo, **{"X-CSRF-Token": "stale"}).status_code == 401
    monkeypatch.setattr("fieldapp.field.sync_door.LEAST_ROOM", 2**70)
    answer = deputy.put(photo)
    assert answer.status_code == 507 and answer.headers["Retry-After"]
    assert deputy.offset(photo) == 0


def test_chunks_in_order_make_a_verified_photo(deputy, photo):
    for start in range(0, len(photo), PART):
        assert deputy.offset(photo) == start
        answer = deputy.put(photo, start, min(start + PART, len(photo)))
        if start + PART < len(photo):
            assert answer.status_code == 202 and answer.get_json() == {"have": start + PART}
    assert answer.status_code == 201 and answer.get_json()["sha256"] == sha(photo)
    assert deputy.offset(photo) == len(photo)
    (row,) = rows()
    assert row.verified_at and pictures.path_of(row).exists() and pictures.path_of(row, small=True).exists()
    assert not Partial(row.author_id, row.sha256).path.exists()
    assert deputy.sync(a_record(id="019aa000-0000-7000-8000-000000000001", attachments=declare(photo))).get_json()["missing"] == []


def test_what_is_out_of_order_is_told_where_to_go_on(deputy, photo):
    assert deputy.put(photo, PART, 2 * PART).get_json() == {"have": 0}
    deputy.put(photo, 0, PART)
    for start in (0, 1, 2 * PART):
        answer = deputy.put(photo, start, start + PART)
        assert answer.status_code == 416 and answer.get_json() == {"have": PART}
    assert deputy.put(photo, PART).status_code == 201


def test_a_chunk_shorter_than_it_says_is_taken_up_again(deputy, photo):
    answer = deputy.put(photo, 0, PART, **{"Content-Range": f"bytes 0-{PART}/{len(photo)}"})
    assert answer.status_code == 416 and deputy.offset(photo) == 0


SENSELESS = ["bytes", "bytes 5-4/9", "bytes 0-9/5", "items 0-1/2", "bytes */9", "bytes -1-2/3", "bytes 0-99999999999999/9"]


@pytest.mark.parametrize("header", SENSELESS)
def test_a_range_that_makes_no_sense_is_refused(deputy, photo, header):
    assert deputy.put(photo, 0, PART, **{"Content-Range": header}).status_code == 400


def test_a_chunk_over_a_mebibyte_is_refused_before_it_is_read(deputy, photo):
    answer = deputy.client.put(f"/field/attachments/{sha(photo)}", data=b"x" * (2**20 + 1), headers={"X-CSRF-Token": deputy.token})
    assert answer.status_code == 413 and answer.is_json


def test_a_chunk_of_exactly_a_mebibyte_is_taken(phone):
    photo, deputy = b"\xff\xd8\xff" + bytes(2**20), phone()
    deputy.sync(a_record(attachments=declare(photo)))
    # As the real server says it.
    deputy.client.environ_base["wsgi.input_terminated"] = True
    answer = deputy.put(photo, 0, 2**20)
    assert (answer.status_code, answer.get_json()) == (202, {"have": 2**20})


def test_a_photo_that_is_too_large_is_refused_at_its_first_chunk(deputy, photo):
    answer = deputy.put(photo, 0, PART, total=40 * 2**20)
    assert answer.status_code == 422 and "20" in answer.get_json()["error"]


def test_damaged_bytes_are_refused_and_the_photo_can_be_sent_again(deputy, photo):
    assert deputy.put(bytes(len(photo)), name=sha(photo)).status_code == 422
    assert rows()[0].verified_at is None and deputy.offset(photo) == 0
    assert deputy.put(photo).status_code == 201


@pytest.mark.parametrize("bad", [b"MZ" + bytes(900), b"\xff\xd8\xff" + bytes(900), b"\x00\x00\x00\x20ftypheic" + bytes(900), b"<svg/>"])
def test_what_is_not_a_picture_is_refused_with_a_sentence(phone, bad):
    deputy = phone()
    deputy.sync(a_record(attachments=declare(bad)))
    answer = deputy.put(bad)
    assert answer.status_code == 422 and len(answer.get_json()["error"]) > 20
    assert rows()[0].verified_at is None


def test_a_photo_sent_again_is_confirmed_again(deputy, photo):
    for _ in range(3):
        assert deputy.put(photo).status_code == 201
    assert deputy.put(photo, PART, 2 * PART).status_code == 201
    assert len(rows()) == 1


def test_the_same_photo_in_two_cases_is_verified_in_both(deputy, photo):
    deputy.sync(a_record(attachments=declare(photo)))
    assert deputy.put(photo).status_code == 201
    assert len(rows()) == 2 and all(row.verified_at for row in rows())
    again = deputy.sync(a_record(attachments=declare(photo)))
    assert again.get_json()["missing"] == [sha(photo)]
    assert deputy.put(photo).status_code == 201


def test_a_killed_server_goes_on_where_it_was(deputy, photo, phone):
    deputy.put(photo, 0, PART)
    restarted = phone()
    assert restarted.offset(photo) == PART
    assert restarted.put(photo, PART).status_code == 201


def test_a_commit_that_fails_after_the_last_chunk_asks_for_it_again(deputy, photo, monkeypatch):
    from sqlalchemy.exc import OperationalError

    deputy.put(photo, 0, PART)
    with monkeypatch.context() as patch:

        def full(*_args):
            raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

        patch.setattr(pictures, "receive", full)
        assert deputy.put(photo, PART).status_code == 507
    assert deputy.offset(photo) == PART
    assert deputy.put(photo, PART).status_code == 201


def test_what_is_stored_carries_no_metadata(phone):
    picture, file = Image.new("RGB", (2000, 1000), "green"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "SECRET-CAMERA", {1: "N", 2: (39.0, 28.0, 0.0)}
    picture.save(file, "JPEG", exif=exif, comment=b"SECRET-COMMENT")
    data, deputy = file.getvalue(), phone()
    deputy.sync(a_record(attachments=declare(data)))
    assert deputy.put(data).status_code == 201
    (row,) = rows()
    stored = pictures.path_of(row).read_bytes()
    assert b"SECRET" not in stored and not Image.open(io.BytesIO(stored)).getexif()
    assert (row.width, row.height) == (1600, 800)


def test_what_nobody_continues_is_swept_after_a_month(deputy, photo, app):
    deputy.put(photo, 0, PART)
    partial = Partial(rows()[0].author_id, sha(photo))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=29)):
        assert attachments_partial.sweep() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert attachments_partial.sweep() == 1
    assert not partial.path.exists()
