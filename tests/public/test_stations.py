"""The page of a station or a deputy: who is there and when, and what was settled."""

from datetime import timedelta

import pytest

from fieldapp.cases import succession
from fieldapp.database import clock_at, db, now
from fieldapp.public import stations_holder
from tests.public.sending import STATION, cases


@pytest.mark.parametrize(
    "path", ["/station/nowhere", "/deputy/00000000", "/deputy/1", "/deputy/水", "/station/%00", "/deputy/" + "Z" * 300]
)
def test_a_page_of_nobody_is_not_found(cast, visit, path):
    assert visit().get(path).status_code == 404
    assert visit().post(path).status_code == 404


@pytest.mark.parametrize("why", ["ended", "left", "other role"])
def test_the_poster_of_a_former_deputy_leads_to_the_stations(cast, visit, why):
    deputy = cast["deputy"]
    path = f"/deputy/{stations_holder.code_of(deputy)}"
    assert visit().get(path).status_code == 200
    if why == "ended":
        deputy.mandates[0].ends = now().date() - timedelta(days=1)
    elif why == "left":
        deputy.active = False
    else:
        deputy.role = "clerk"
    db.session.commit()
    for reply in (visit().get(path), visit().post(path)):
        page = reply.get_data(as_text=True)
        assert reply.status_code == 410
        assert f"{deputy.names['en']} no longer receives matters here" in page
        assert f'href="{STATION}?lang=en"' in page
        assert "receives them now" not in page
        assert 'name="narrative"' not in page


def test_the_poster_of_a_former_deputy_leads_to_who_follows_while_that_one_is_in_office(cast, visit):
    deputy, heir = cast["deputy"], cast["deputy2"]
    mandate, path = deputy.mandates[0], f"/deputy/{stations_holder.code_of(deputy)}"
    mandate.ends = now().date() - timedelta(days=1)
    succession.succeed(cast["admin"], mandate, heir, None)
    db.session.commit()
    leads = f'href="/deputy/{stations_holder.code_of(heir)}?lang=en"'
    page = visit().get(path).get_data(as_text=True)
    assert f"{heir.names['en']} receives them now" in page and leads in page
    heir.active = False
    db.session.commit()
    page = visit().get(path).get_data(as_text=True)
    assert "receives them now" not in page and leads not in page
    assert f'href="{STATION}?lang=en"' in page


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
@pytest.mark.parametrize(
    "method, path, headers, status",
    [
        ("GET", "/station/nowhere", {}, 404),
        ("GET", "/STATION/square/x", {}, 404),
        ("GET", "/station", {}, 404),
        ("GET", "/deputy/XXXXXXXX", {}, 404),
        ("POST", "/s/0/nothing", {}, 405),
        ("POST", "/s/0/verdict", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", STATION, {"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_what_fails_for_a_resident_sets_no_cookie_and_leads_to_no_staff_page(cast, visit, method, path, headers, status, lang):
    reply = visit().open(path, method=method, query_string={"lang": lang}, headers=headers)
    page = reply.get_data(as_text=True)
    assert reply.status_code == status
    assert f'<html lang="{lang}"' in page
    assert "Set-Cookie" not in reply.headers
    assert "csrf" not in page and "<script" not in page
    assert 'href="/"' not in page


def test_what_breaks_for_a_resident_or_is_too_large_sets_no_cookie_either(app, cast, visit, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(stations_holder, "lately_settled", None)
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10)
    for reply in (visit().get(STATION), visit().post(STATION, data={"narrative": "路" * 10})):
        assert reply.status_code in (500, 413)
        assert "Set-Cookie" not in reply.headers
        assert f'href="{STATION}"' in reply.get_data(as_text=True)


def test_a_deputy_of_no_township_has_no_page_that_swallows_matters(cast, visit, matter):
    deputy = cast["deputy"]
    deputy.area = cast.area("county")
    db.session.commit()
    path = f"/deputy/{stations_holder.code_of(deputy)}"
    for reply in (visit().get(path), visit().post(path, data={**matter, "village": cast.area("here").id})):
        page = reply.get_data(as_text=True)
        assert reply.status_code == 410
        assert 'name="narrative"' not in page
        assert f'href="{STATION}?lang=en"' in page
    assert cases() == []
    assert path not in visit("admin").get("/posters").get_data(as_text=True)


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
