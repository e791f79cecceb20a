"""The page behind a slip: what it shows, what it never shows, what it weighs."""

import base64
import gzip
import hashlib
import random
import re
import zlib
from datetime import timedelta

import pytest

from fieldapp.cases import contacts
from fieldapp.database import clock_at, db, now
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import visit as go

BUDGET = 14_600
# Of what a browser reads at once of a slow line, 1,500.
FIRST = 1_400
SECRET = "我家就在桥边，别让站里知道"


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
@pytest.mark.parametrize("state", ["logged", "confirmed", "handed_over", "accepted", "answered", "settled", "guided", "withdrawn"])
def test_every_state_is_told_in_every_language_and_the_narrative_never(cast, visit, slip_of, state, lang):
    case = cast.brings(state, narrative=SECRET)
    contacts.seal_contact(case, {"name": "某某某", "phone": "13800138000", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    reply = visit(lang=lang).get(slip_of(case) + f"?lang={lang}")
    html = reply.get_data(as_text=True)
    assert reply.status_code == 200 and f'<html lang="{lang}"' in html
    for secret in (SECRET, "某某某", "13800138000", "unit（中）", "unit (ئۇ)"):
        assert secret not in html


def test_it_leaves_no_cookie_loads_nothing_and_is_not_kept(cast, visit, slip_of):
    reply = visit().get(slip_of(cast.brings("accepted")) + "?lang=ug")
    assert "Set-Cookie" not in reply.headers
    assert reply.headers["Cache-Control"] == "no-store" and reply.headers["Referrer-Policy"] == "same-origin"
    html = reply.get_data(as_text=True)
    assert "<img" not in html and '<link rel="stylesheet' not in html
    assert re.findall("<script[^>]*>", html) == ['<script defer src="/static/js/resident.js">']
    assert "sha256-" in reply.headers["Content-Security-Policy"] and "unsafe" not in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_the_bar_comes_with_the_first_packet_and_needs_none_of_the_later_style(cast, visit, slip_of, lang):
    reply = visit().get(f"{slip_of(cast.brings('accepted'))}?lang={lang}", headers={"Accept-Encoding": "gzip"})
    first = zlib.decompressobj(31).decompress(reply.data[:FIRST]).decode("utf-8", "ignore")
    assert "</nav>" in first and first.count("</style>") == 1
    html = gzip.decompress(reply.data).decode()
    for sheet in re.findall("<style>(.*?)</style>", html):
        digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in reply.headers["Content-Security-Policy"]
    assert html.index("<script") > html.index("</main>")


def test_both_spellings_open_without_a_redirect_in_any_case_with_hyphens_and_misreadings(cast, visit, slip_of):
    code = slip_of(cast.brings("accepted")).removeprefix("/s/")
    spoken = "-".join(code[i : i + 4] for i in range(0, 26, 4))
    for address in (f"/s/{code}", f"/S/{code}", f"/s/{code.lower()}", f"/s/{spoken}", f"/S/{code.replace('0', 'O').replace('1', 'l')}"):
        assert visit().get(address).status_code == 200, address


def test_a_slip_whose_case_has_not_arrived_says_who_has_it_and_whom_to_call(cast, visit):
    cast.area("here").phone = "0998-000-0199"
    db.session.commit()
    page = go(visit(), f"/s/{code_of(pool_for(cast['deputy'])[0])}")
    assert page.status == 200 and "upload it when back in signal" in page.text
    assert [link.get("href") for link in page.elements("a") if link.get("class") == "call"] == ["tel:0998-000-0199"]


def aloud(page) -> str:
    return " ".join("".join(part.itertext()) for part in page.elements("h1", "p") if part.get("data-aloud") is not None)


def test_whoever_cannot_read_hears_why_there_is_nothing_to_see(cast, visit):
    waiting = go(visit(), f"/s/{code_of(pool_for(cast['deputy'])[0])}")
    assert "upload it when back in signal" in aloud(waiting) and "look again" in aloud(waiting)
    refused = go(visit(), f"/s/{'A' * 26}")
    assert "This slip opens nothing" in aloud(refused) and "ask at the liaison station" in aloud(refused)


def test_whoever_cannot_read_hears_that_somebody_explains_the_answer(cast, answered, visit):
    _case, address = answered
    page = go(visit(lang="ug"), address)
    hint = "جاۋاب باشقا تىلدا"
    assert hint in page.text and hint in aloud(page)


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_unknown_revoked_and_expired_get_one_and_the_same_page(cast, visit, slip_of, lang):
    revoked = pool_for(cast["deputy"])[1]
    revoked.revoked_at = now()
    with clock_at(now() - timedelta(days=120)):
        old = cast.brings("withdrawn")
    expired = slip_of(old)
    db.session.commit()
    wrong = [
        "/s/",
        "/s/ABC",
        "/s/" + "A" * 26,
        "/s/" + "A" * 3000,
        "/s/a/b",
        "/s/%20",
        "/s/水渠",
        f"/s/{code_of(revoked)}",
        expired,
        "/S/1",
    ]
    replies = [visit(lang=lang).get(address, headers={"Accept-Language": lang}) for address in wrong]
    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.data for reply in replies}) == 1
    names = {tuple(sorted((name, value) for name, value in reply.headers.items())) for reply in replies}
    assert len(names) == 1


@pytest.mark.parametrize("lang", ["zh", "ug", "en"])
def test_the_longest_case_fits_the_first_window_of_a_slow_line(cast, visit, slip_of, lang):
    chance = random.Random(7)
    words = [
        "سۇ",
        "ئۆستەڭ",
        "تازىلاندى",
        "كەنت",
        "ئامما",
        "جاۋاب",
        "بېرىلدى",
        "ھەل",
        "قىلىندى",
        "ئېتىز",
        "پونكىت",
        "رازى",
        "مۆھلەت",
        "يول",
        "ئىش",
    ]
    letters = "ئابتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىيپ"
    case = cast.brings("answered")
    contacts.seal_contact(case, {"name": "某某某", "phone": "13800138000", "share_with_unit": True})
    for _rework in range(3):
        cast.does("clerk", case, "contact_look", reason="问路")
        cast.does("deputy", case, "release")
        cast.does("chair", case, "rework", reason="还没有好")
        cast.does("unit", case, "acceptance", officer=cast["unit"])
        text = ""
        while len(text) < 3900:
            text += chance.choice(words) + "".join(chance.choices(letters, k=4)) + " "
        cast.does("unit", case, "answer", **{"class": "A", "text": text[:4000].strip(), "language": "ug"})
    cast.does("deputy", case, "release")
    reply = visit().get(slip_of(case) + f"?lang={lang}", headers={"Accept-Encoding": "gzip"})
    assert reply.headers.get("Content-Encoding") == "gzip" and gzip.decompress(reply.data)
    headers = sum(len(name) + len(value) + 4 for name, value in reply.headers.items()) + 20
    assert len(reply.data) + headers <= BUDGET
    assert text.split()[0] in gzip.decompress(reply.data).decode()


def test_an_answer_that_is_held_is_not_shown_before_its_day(cast, visit, slip_of):
    case = cast.brings("answered")
    assert "渠道已清淤" not in go(visit(), slip_of(case)).html
    cast.does("deputy", case, "release")
    assert "渠道已清淤" in go(visit(), slip_of(case)).html


def test_after_two_working_days_it_goes_through_by_itself(cast, visit, slip_of):
    with clock_at(now() - timedelta(days=12)):
        case = cast.brings("answered")
    assert "渠道已清淤" in go(visit(), slip_of(case)).html


def test_an_answer_in_another_language_says_who_explains_it(cast, visit, slip_of):
    case = cast.brings("answered")
    cast.does("deputy", case, "release")
    assert "in another language" in go(visit(lang="en"), slip_of(case)).text
    cast.does("deputy", case, "wording", language="en", text="The ditch is clean.")
    page = go(visit(lang="en"), slip_of(case))
    assert "The ditch is clean." in page.text and "in another language" not in page.text


def test_a_look_at_the_contact_is_told_by_role_and_date_without_a_name(cast, visit, slip_of):
    case = cast.brings("accepted")
    contacts.seal_contact(case, {"name": "某某某", "phone": "1", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    assert "Nobody has opened them" in go(visit(), slip_of(case)).text
    cast.does("clerk", case, "contact_look", reason="asked to call back")
    page = go(visit(), slip_of(case))
    assert "Your contact was opened (Station clerk)." in page.text and "asked to call back" not in page.text
