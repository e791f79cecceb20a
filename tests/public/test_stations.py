"""The page of a station or a deputy: who is there and when, and what was settled."""

from datetime import timedelta

import pytest

from fieldapp.database import clock_at, db, now
from fieldapp.public import stations_holder
from tests.public.sending import STATION


@pytest.mark.parametrize(
    "path", ["/station/nowhere", "/deputy/00000000", "/deputy/1", "/deputy/水", "/station/%00", "/deputy/" + "Z" * 300]
)
def test_a_page_of_nobody_is_not_found(cast, visit, path):
    assert visit().get(path).status_code == 404
    assert visit().post(path).status_code == 404


def test_a_deputy_whose_mandate_ended_or_who_left_has_no_page(cast, visit):
    deputy = cast["deputy"]
    path = f"/deputy/{stations_holder.code_of(deputy)}"
    assert visit().get(path).status_code == 200
    deputy.mandates[0].ends = now().date() - timedelta(days=1)
    db.session.commit()
    assert visit().get(path).status_code == 404
    deputy.mandates[0].ends = None
    deputy.active = False
    db.session.commit()
    assert visit().get(path).status_code == 404


def test_nobody_but_a_deputy_has_a_deputys_page(cast, visit):
    for account in ("chair", "clerk", "unit", "admin", "county"):
        assert visit().get(f"/deputy/{stations_holder.code_of(cast[account])}").status_code == 404


def test_what_was_settled_tells_neither_who_nor_what(cast, visit):
    with clock_at(now() - timedelta(days=40)):
        for number in range(5):
            case = cast.brings("settled", narrative=f"canary {number}", summary="canary in the summary")
    page = visit().get(STATION).get_data(as_text=True)
    settled = page.split("Lately settled")[1]
    assert "water" in settled and "first village" not in settled.split("</section>")[0]
    for secret in ("canary", case.number, "water station", "渠道"):
        assert secret not in page
    assert "Lately settled" in visit().get(f"/deputy/{stations_holder.code_of(cast['deputy'])}").get_data(as_text=True)
    assert "Lately settled" not in visit().get(f"/deputy/{stations_holder.code_of(cast['deputy2'])}").get_data(as_text=True)


@pytest.mark.parametrize("lang, direction", [("zh", "ltr"), ("ug", "rtl"), ("en", "ltr")])
def test_the_pages_say_when_somebody_is_there_in_each_language_and_set_no_cookie(cast, visit, lang, direction):
    browser = visit(lang="de")
    deputy = stations_holder.code_of(cast["deputy"])
    for path in (STATION, "/STATION/SQUARE", f"/deputy/{deputy}", f"/DEPUTY/{deputy.lower()}"):
        reply = browser.get(path, query_string={"lang": lang})
        page = reply.get_data(as_text=True)
        assert reply.status_code == 200
        assert f'<html lang="{lang}" dir="{direction}"' in page
        assert cast.station().hours[lang] in page
        assert page.count("<h1") == 1
        assert "<script" not in page
        assert "Set-Cookie" not in reply.headers
        assert '<link rel="icon" href="data:,">' in page
