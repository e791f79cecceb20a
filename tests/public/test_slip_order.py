"""What stands where on a resident's page: nearest what comes next, open what was not sent."""

import re
from datetime import timedelta

import pytest
from flask_babel import gettext as _

from fieldapp.database import clock_at, db, now, today
from tests.reader import read
from tests.reader import visit as go


def answered(cast):
    case = cast.brings("answered")
    cast.does("deputy", case, "release")
    return case


@pytest.mark.parametrize("lang, foreign", [("zh", False), ("ug", True)])
def test_where_to_go_instead_stands_in_its_own_language_and_direction(cast, visit, slip_of, lang, foreign):
    case = cast.brings("logged")
    cast.does("deputy", case, "guidance", where="县法院（一楼）", why="已经立案。")
    page = go(visit(), f"{slip_of(case)}?lang={lang}")
    assert 'lang="zh" dir="auto">县法院（一楼）</p>' in page.html and "已经立案" not in page.html
    with visit().application.test_request_context(f"/?lang={lang}"):
        explained = _("This answer is in another language. Your deputy explains it to you: please call.")
    assert (explained in page.text) == foreign


def test_after_solved_the_three_faces_stand_first(cast, visit, slip_of):
    phone, address = visit(), slip_of(answered(cast))
    form = go(phone, address).form("/verdict")
    reply = phone.post(form.action, data={**form.values, "solved": "yes"})
    page = go(phone, reply.location)
    assert reply.location.endswith("#said")
    assert page.html.index('id="said"') < page.html.index('value="satisfied"')


def test_no_answer_is_put_nearer_to_hand_than_the_other(cast, visit, slip_of):
    page = go(visit(), slip_of(answered(cast))).html
    solved, unsolved = (re.search(rf'<button name="solved" value="{said}"([^>]*)>', page)[1] for said in ("yes", "no"))
    assert solved == unsolved


@pytest.mark.parametrize("act, state", [("remark", "accepted"), ("reopening", "settled")])
def test_words_that_were_not_sent_stand_open_in_their_own_form(cast, visit, slip_of, act, state):
    phone, address = visit(), slip_of(cast.brings(state))
    form = go(phone, address).form(f"/{act}")
    reply = phone.post(form.action, data={**form.values, "remark": "水" * 1001})
    opened = re.search(r'<details id="say" open>.*?</details>', reply.text, re.S)[0]
    assert reply.status_code == 422 and f"/{act}" in opened and "水" * 1001 in opened
    assert reply.text.count('<details id="say" open>') == 1


def test_words_for_an_act_that_is_over_are_kept_as_a_remark(cast, visit, slip_of):
    with clock_at(now() - timedelta(days=31)):
        address = slip_of(cast.brings("settled"))
    reply = visit().post(f"{address}/reopening", data={"head": "x", "remark": "又堵了"})
    opened = re.search(r'<details id="say" open>.*?</details>', reply.text, re.S)[0]
    assert reply.status_code == 409 and "/remark" in opened and "又堵了" in opened


def test_an_empty_remark_leaves_its_form_open(cast, visit, slip_of):
    phone, address = visit(), slip_of(cast.brings("accepted"))
    form = go(phone, address).form("/remark")
    reply = phone.post(form.action, data=form.values)
    assert reply.status_code == 422 and '<details id="say" open>' in reply.text


def test_a_late_answer_is_told_as_late(cast, visit, slip_of):
    case = cast.brings("accepted")
    address = slip_of(case)
    assert 'class="due"' in go(visit(), address).html
    case.due = today() - timedelta(days=1)
    db.session.commit()
    assert 'class="due late"' in go(visit(), address).html


@pytest.mark.parametrize("act, state", [("remark", "accepted"), ("reopening", "settled")])
def test_a_number_among_the_words_is_questioned_once(cast, visit, slip_of, act, state):
    phone, address = visit(), slip_of(cast.brings(state))
    form = go(phone, address).form(f"/{act}")
    asked = phone.post(form.action, data={**form.values, "remark": "打 13899998888"})
    assert asked.status_code == 422 and "telephone or ID number" in asked.text
    again = read(asked).form(f"/{act}")
    assert phone.post(again.action, data={**again.values, "remark": "打 13899998888"}).status_code == 303


@pytest.mark.parametrize("typed", ["{}", "  {} ", "{}".lower(), "http://here/s/{}?lang=zh"])
def test_a_code_can_be_typed_where_a_slip_opened_nothing(cast, visit, slip_of, typed):
    phone = visit()
    code = slip_of(cast.brings("accepted")).removeprefix("/s/")
    assert 'action="/s/?lang=en"' in phone.get("/s/").text
    reply = phone.post("/s/?lang=ug", data={"code": typed.format(code)})
    assert reply.status_code == 303 and reply.location == f"/s/{code}?lang=ug"


@pytest.mark.parametrize("typed", ["", "not a code", "A" * 25, "//elsewhere.example", "\x00"])
def test_what_is_no_code_gets_the_one_refusal(cast, visit, typed):
    reply = visit().post("/s/", data={"code": typed})
    assert reply.status_code == 404 and reply.data == visit().get("/s/").data
