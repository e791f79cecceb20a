"""The deputy's pages without script: the form, the slip, the list, the shell."""

import io
import json
import re
from datetime import timedelta

import pytest
import time_machine
from PIL import Image

from fieldapp import journal
from fieldapp.cases.case import Case
from fieldapp.database import db, now
from fieldapp.slips.codes import code_of, issue_book

WORDS = "三号条田渠道淤堵，浇不上水。"


def cases() -> list[Case]:
    return list(db.session.scalars(db.select(Case).order_by(Case.id)))


@pytest.fixture
def log(visit):
    """Sends the form as a browser without script would."""
    client = visit("deputy")

    def send(once="key-1", lang="en", **fields):
        given = {"category": "water", "village": "v01", "kind": "difficulty", "narrative": WORDS, "once": once, **fields}
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/field/new").text)[1]
        return client.post("/field/new", data={"csrf_token": token, **given}, headers={"Accept-Language": lang})

    send.client = client
    return send


@pytest.mark.parametrize("account", ["clerk", "chair", "unit", "county", "admin", "stranger"])
def test_the_app_is_for_deputies_alone(visit, account):
    for path in ("/field", "/field/new", "/field/mine"):
        assert visit(account).get(path).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(visit):
    assert "/sign-in" in visit().get("/field").location


def test_an_empty_form_says_beside_each_field_what_is_missing(log):
    answer = log(narrative=" ", category="", village="", summary="typed already")
    assert answer.status_code == 422 and cases() == []
    assert answer.text.count('role="alert">') >= 3 and "typed already" in answer.text


def test_ten_thousand_and_one_characters_stay_in_the_form(log):
    answer = log(narrative="水" * 10_001)
    assert answer.status_code == 422 and "水" * 10_001 in answer.text


def test_an_unknown_slip_is_told_beside_the_slip(log):
    answer = log(slip="9999-001")
    assert answer.status_code == 422 and 'data-error="slip" role="alert">' in answer.text and WORDS in answer.text


def test_a_file_that_is_no_picture_keeps_the_words_and_logs_nothing(log):
    answer = log(photos=(io.BytesIO(b"no picture"), "field.jpg"))
    assert answer.status_code == 422 and WORDS in answer.text and cases() == []


def test_a_telephone_number_in_the_words_asks_first(log):
    answer = log(narrative="打 13899998888 找我")
    assert answer.status_code == 422 and 'name="keep"' in answer.text and cases() == []
    assert log(narrative="打 13899998888 找我", keep="1").status_code == 303
    assert cases()[0].narrative == "打 13899998888 找我"


def test_unnamed_and_a_contact_exclude_each_other(log):
    assert log(anonymous="y", contact_phone="13899998888").status_code == 422


def test_logging_gives_a_slip_from_the_screens_pool(log, cast):
    answer = log()
    (case,) = cases()
    assert answer.status_code == 303 and answer.location.endswith(f"/field/cases/{case.number}/slip")
    assert (case.state, case.source, case.deputy_id, case.slip.book.pool) == ("confirmed", "field", cast["deputy"].id, True)
    page = log.client.get(answer.location).text
    assert case.slip.serial in page and '<svg class="slip__code"' in page and case.number in page


def test_the_matters_number_is_not_turned_about_within_uyghur(log):
    page = log.client.get(log().location, headers={"Accept-Language": "ug"}).text
    assert f"\u2066{cases()[0].number}\u2069</span>" in page


def test_a_paper_slip_is_given_by_its_serial(log, cast):
    serial = issue_book(deputy=cast["deputy"], size=3).slips[1].serial
    db.session.commit()
    log(slip=serial)
    assert cases()[0].slip.serial == serial


def test_the_same_form_sent_twice_logs_once(log):
    assert log().location == log().location
    assert len(cases()) == 1


def test_photo_contact_and_answer_go_with_the_case(log):
    photo = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(photo, "JPEG")
    photo.seek(0)
    log(photos=(photo, "field.jpg"), contact_name="甲", contact_phone="13899998888", share_with_unit="y", on_the_spot="明天清淤。")
    (case,) = cases()
    assert len(case.photos) == 1 and case.contact.share_with_unit and case.state == "answered"
    assert "13899998888" not in json.dumps([entry.facts for entry in journal.of(case.thing)])


def test_anothers_slip_page_does_not_exist(visit, log):
    address = log().location
    assert visit("deputy2").get(address).status_code == 404


def test_the_list_says_what_the_resident_reads_and_who_has_seen_it(log, cast, visit):
    log()
    assert "Your deputy has taken it up." in log.client.get("/field").text
    cast.does("chair", cases()[0], "handover", unit=cast.unit(), due=now().date() + timedelta(days=9), summary="渠道淤堵。")
    page = log.client.get("/field").text
    assert "water station has it. Answer by" in page and "The chair has seen it" in page
    seen = visit().get(f"/s/{code_of(cases()[0].slip)}?lang=en").text
    assert "water station has it." in seen and "Answer by" in seen


def test_what_was_answered_since_the_last_visit_comes_first(log, cast):
    log(once="key-1")
    log(once="key-2")
    first = cases()[0]
    with time_machine.travel(now() + timedelta(hours=1), tick=True):
        log.client.get("/field")
        cast.does("chair", first, "handover", unit=cast.unit(), due=now().date() + timedelta(days=9), summary="渠道淤堵。")
        cast.does("unit", first, "acceptance", officer=cast["unit"])
        cast.does("unit", first, "answer", **{"class": "A", "text": "已清淤。", "language": "zh"})
    with time_machine.travel(now() + timedelta(hours=2), tick=True):
        page = log.client.get("/field").text
    assert "Answered since your last visit" in page
    assert page.index(first.number) < page.index(cases()[1].number)


def test_what_others_sent_to_the_deputy_asks_to_be_taken_up_before_the_rest(log, cast):
    sent = cast.brings("logged")
    log()
    page = log.client.get("/field").text
    assert "please read it and take it up" in page
    assert page.index(f'data-number="{sent.number}"') < page.index(f'data-number="{cases()[1].number}"')
    cast.does("deputy", sent, "confirm")
    assert "please read it and take it up" not in log.client.get("/field").text


@pytest.mark.parametrize(("lang", "direction"), [("zh", "ltr"), ("ug", "rtl"), ("en", "ltr")])
@pytest.mark.parametrize("name", ["home", "new"])
def test_the_shell_is_nobodys(log, cast, lang, direction, name):
    log()
    page = log.client.get(f"/field/shell/{lang}/{name}").text
    assert f'<html lang="{lang}" dir="{direction}">' in page
    for secret in (cases()[0].number, "first village", f'data-person="{cast["deputy"].id}"', 'name="once"', "nonce="):
        assert secret not in page


def test_every_file_the_worker_keeps_is_there(visit):
    answer = visit().get("/field/worker.js?module")
    assert answer.headers["Service-Worker-Allowed"] == "/field"
    files = json.loads(re.search(r"const FILES = (\{.*?\});", answer.text)[1])
    assert {"/static/js/field/app.js", "/field/style.css", "/static/icons/sprite.svg", "/field/shell/ug/new"} <= set(files)
    for path in files:
        assert visit().get(path).status_code == 200, path


@pytest.mark.parametrize("name", ["home", "new"])
def test_every_file_the_page_asks_for_is_kept_by_the_worker(visit, name):
    files = json.loads(re.search(r"const FILES = (\{.*?\});", visit().get("/field/worker.js").text)[1])
    page = visit().get(f"/field/shell/zh/{name}").text
    for address in re.findall(r'(?:src|href)="(/(?:static|field/style)[^"#]+)', page):
        assert address in files, address


def test_every_module_that_a_module_imports_is_kept(app, visit):
    files = json.loads(re.search(r"const FILES = (\{.*?\});", visit().get("/field/worker.js").text)[1])
    for path in [path for path in files if path.startswith("/static/js/field/")]:
        source = visit().get(path).text
        for name in re.findall(r'from "\./([^"]+)"', source):
            assert f"/static/js/field/{name}" in files
        for name in re.findall(r'from "\.\./\.\./([^"]+)"', source):
            assert f"/static/{name}" in files


def test_the_manifest_opens_the_app(visit):
    manifest = visit().get("/field/manifest.webmanifest").get_json(force=True)
    assert manifest["start_url"] == "/field" and visit().get(manifest["icons"][0]["src"]).status_code == 200
