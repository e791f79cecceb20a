"""The language chosen stays in the browser, and only there."""

from fieldapp import create_app
from fieldapp.database import db


def test_the_choice_is_kept_in_this_browser(visit):
    browser = visit("chair", lang="en")
    browser.get("/ledger?lang=ug")
    assert '<html lang="ug" dir="rtl"' in browser.get("/ledger").get_data(as_text=True)


def test_over_tls_every_cookie_is_bound_to_the_host(tmp_path):
    app = create_app({"INSTANCE": tmp_path / "tls", "TESTING": True, "BASE_URL": "https://station.example"})
    with app.app_context():
        db.create_all()
        reply = app.test_client().get("/sign-in?lang=ug", base_url="https://station.example")
        cookies = reply.headers.getlist("Set-Cookie")
        db.engine.dispose()
    assert len(cookies) >= 2
    assert all(cookie.startswith("__Host-") and "Secure" in cookie and "Path=/" in cookie for cookie in cookies), cookies


def test_a_browser_is_answered_in_its_own_language_and_others_in_chinese(visit):
    assert '<html lang="ug"' in visit(lang="ug-CN,ug;q=0.9").get("/sign-in").get_data(as_text=True)
    assert '<html lang="zh"' in visit(lang="fr").get("/sign-in").get_data(as_text=True)
