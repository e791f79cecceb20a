"""What stands around a list is drawn once, and says of everybody what is theirs."""

import re

import pytest
from flask import flash, render_template
from markupsafe import Markup

from fieldapp import navigation, templating
from fieldapp.database import db
from fieldapp.places.place import Area

TOKEN = re.compile(r'(name="csrf[-_]token" (?:content|value)=")([^"]+)')
ASKED = (
    "/ledger",
    "/ledger?q=%3Cb%3E%25%28token%29s%20%26&state=accepted",
    "/ledger?lang=ug&q=a+b&q=c",
    "/ledger?light=red&lang=zh&before=9",
)


def drawn(browser, address: str) -> str:
    return TOKEN.sub(r"\1", browser.get(address).text)


@pytest.mark.parametrize("account", ["deputy", "clerk", "chair", "county"])
@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_a_framed_page_is_the_page(cast, visit, monkeypatch, account, lang):
    cast.brings("accepted")
    framed = [[drawn(visit(account, lang), address) for address in ASKED] for _again in range(2)]
    monkeypatch.setattr(navigation, "around", lambda template, region: render_template(template, region=Markup(region)))
    assert framed == [[drawn(visit(account, lang), address) for address in ASKED]] * 2


def test_each_has_their_own_name_and_a_token_that_opens_their_own_forms(cast, visit):
    cast["clerk"].role, cast["clerk"].names = "chair", {"zh": "<b>100%(token)s", "en": "<b>100%(token)s"}
    db.session.commit()
    pages = {account: visit(account) for account in ("chair", "clerk")}
    texts = {account: browser.get("/ledger").text for account, browser in pages.items()}
    assert "<b>100" not in texts["clerk"] and "&lt;b&gt;100%(token)s" in texts["clerk"] and "100%" not in texts["chair"]
    assert all(f'data-person="{cast[account].id}"' in text for account, text in texts.items())
    tokens = {account: {token for _name, token in TOKEN.findall(text)} for account, text in texts.items()}
    assert all(len(found) == 1 for found in tokens.values()) and tokens["chair"] != tokens["clerk"]
    (token,) = tokens["chair"]
    assert pages["clerk"].post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert pages["chair"].post("/sign-out", data={"csrf_token": token}).status_code == 303


def test_what_is_told_once_is_told_once(app, cast, visit):
    @app.before_request
    def telling():
        from flask import request

        if request.args.get("tell"):
            flash("Told once.", "done")

    browser = visit("chair")
    assert "Told once." not in browser.get("/ledger").text
    assert "Told once." in browser.get("/ledger?tell=1").text
    assert "Told once." not in browser.get("/ledger").text


def test_another_name_of_the_township_stands_above_the_next_page(cast, visit):
    browser = visit("chair")
    assert "Since today" not in browser.get("/ledger").text
    db.session.get_one(Area, cast.area("here").id).names = {"zh": "新", "ug": "س", "en": "Since today"}
    db.session.commit()
    assert "Since today" in browser.get("/ledger").text


def test_a_region_comes_without_its_frame(cast, visit):
    answer = visit("chair").get("/ledger", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div class="stack" id="ledger">') and "HX-Request" in answer.headers["Vary"]


def test_a_region_is_drawn_again_where_one_of_its_words_is_another(cast, visit):
    """What was drawn for the chair serves the clerk, who is told the same; nobody else."""
    case, chair = cast.brings("accepted"), visit("chair")
    region = {"headers": {"HX-Request": "true"}}
    first = chair.get("/ledger", **region).text
    assert visit("clerk").get("/ledger", **region).text == first
    assert visit("deputy").get("/ledger", **region).text != first and case.number not in visit("stranger").get("/ledger", **region).text
    asked = (
        "state=accepted",
        "state=answered",
        "q=渠道",
        "light=red",
        "village=1",
        "unit=1",
        "category=1",
        "activity=X",
        "before=999",
        "after=1",
    )
    drawn = [chair.get(f"/ledger?{query}", **region).text for query in asked]
    assert len({first, *drawn}) == 1 + len(asked)
    assert drawn == [chair.get(f"/ledger?{query}", **region).text for query in asked]
    cast.logs()
    assert "2 cases" in chair.get("/ledger", **region).text and "1 cases" not in chair.get("/ledger", **region).text


def test_what_is_drawn_for_all_bears_nobodys_token(app):
    with app.test_request_context("/"), pytest.raises(RuntimeError, match="somebody's token"):
        templating.region("layout/_leave.html", {"sign_out_url": "/sign-out"})


def test_a_number_that_was_refused_is_kept_nowhere(cast, visit):
    browser = visit("chair")
    assert "Nobody is looked up" in browser.get("/ledger?q=13812345678").text
    kept = (*templating._regions.items(), *templating._drawn.items())
    assert not [html for key, html in kept if "13812345678" in f"{key}{html}"]
    browser.get("/ledger?q=渠道")
    assert [key for key in templating._regions if "渠道" in str(key)]
