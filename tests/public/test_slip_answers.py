"""What a resident finds of answers: photos behind a tap, the present one told from earlier ones, what was said."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from fieldapp.cases import pictures
from fieldapp.database import clock_at, db, now
from tests.reader import send
from tests.reader import visit as go


def picture(case, cast):
    file = io.BytesIO()
    Image.new("RGB", (1200, 900), "green").save(file, "JPEG")
    photo = pictures.store(file.getvalue(), case=case, purpose="answer", author=cast["unit"], answer=case.answer)
    db.session.commit()
    return photo


@pytest.mark.parametrize("spelling", ["s", "S"])
def test_a_photo_of_an_answer_lies_behind_a_plain_link_and_is_small(cast, visit, slip_of, spelling):
    case = cast.brings("answered")
    photo = picture(case, cast)
    address = slip_of(case).replace("/s/", f"/{spelling}/")
    assert f"photos/{photo.id}" not in go(visit(), address).html
    assert visit().get(f"{address}/photos/{photo.id}").status_code == 404
    cast.does("deputy", case, "release")
    page = go(visit(), address)
    assert "<img" not in page.html
    assert f'href="{address}/photos/{photo.id}"' in page.html
    shown = visit().get(f"{address}/photos/{photo.id}")
    assert shown.status_code == 200 and shown.mimetype == "image/jpeg" and shown.headers["Cache-Control"] == "no-store"
    assert max(Image.open(io.BytesIO(shown.data)).size) <= pictures.SMALL_EDGE


def test_an_earlier_answer_is_not_taken_for_the_one_that_is_held_back(cast, visit, slip_of):
    case = cast.brings("answered")
    cast.does("deputy", case, "release")
    cast.does("chair", case, "rework", reason="again")
    cast.does("unit", case, "acceptance", officer=cast["unit"])
    cast.does("unit", case, "answer", **{"class": "A", "text": "第二次已经全部清完。", "language": "zh"})
    page = go(visit(), slip_of(case))
    assert "Your deputy reads it first" in page.text and "第二次" not in page.text
    assert '<p class="who" data-aloud>water station says: it is solved.</p>' in page.html


def test_until_when_a_promise_holds_stands_beneath_the_sentence_not_beneath_the_answer(cast, visit, slip_of):
    case = cast.brings("accepted")
    cast.does("unit", case, "answer", **{"class": "B", "text": "正在修。", "language": "zh", "promised": date(2099, 6, 1)})
    cast.does("deputy", case, "release")
    html = go(visit(), slip_of(case)).html
    assert html.count("1 June 2099") == 1
    assert html.index("work is under way") < html.index("1 June 2099") < html.index("正在修。")


def test_what_was_said_is_shown_and_can_be_changed_for_thirty_days(cast, visit, slip_of):
    phone, addresses = visit(), {}
    for days in (29, 31):
        with clock_at(now() - timedelta(days=days)):
            case = cast.brings("answered")
            cast.does("deputy", case, "release")
            cast.does("resident", case, "verdict", solved=True)
            cast.does("resident", case, "rating", rating="basically")
            addresses[days] = slip_of(case)
    assert "Your rating: Basically satisfied." in go(phone, addresses[29]).text
    assert "You said: not solved" in send(phone, go(phone, addresses[29]), "/verdict", solved="no").text
    assert not go(phone, addresses[31]).offers("/verdict")
    late = phone.post(addresses[31] + "/verdict", data={"solved": "no", "head": "x"})
    assert late.status_code == 409


def test_a_remark_is_thanked_for_at_an_address_of_its_own(cast, visit, slip_of):
    case = cast.brings("accepted")
    phone, address = visit(), slip_of(case)
    page = go(phone, address)
    form = page.form("/remark")
    reply = phone.post(form.action, data={**form.values, "remark": "水又小了"})
    assert reply.status_code == 303 and reply.location.endswith("#received")
    assert 'id="received"' in page.html


def test_the_time_to_reopen_is_named_with_its_day_and_not_promised_for_longer(cast, visit, slip_of):
    page = go(visit(), slip_of(cast.brings("settled")))
    assert "Tell us within 30 days, until" in page.text and page.offers("/reopening")
    with clock_at(now() - timedelta(days=31)):
        address = slip_of(cast.brings("settled"))
    page = go(visit(), address)
    assert "Tell us within 30 days, until" not in page.text and not page.offers("/reopening")
