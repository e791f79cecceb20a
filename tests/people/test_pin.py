"""An enrolled phone left alone asks for its PIN; logging goes on without."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

from fieldapp.database import db
from fieldapp.people import pins
from fieldapp.people.device import Device
from tests import reader
from tests.people.phones import PIN, acts, asks_for_the_pin, device, later, unlock


def test_a_phone_left_alone_for_ten_minutes_shows_nothing_before_the_pin(enrol, cast):
    case, phone = cast.logs(), enrol()
    assert case.number in reader.visit(phone, "/field/mine").html
    with later(minutes=11):
        for path in ("/field", "/field/mine", "/ledger", "/account", f"/cases/{case.number}"):
            page = reader.visit(phone, path)
            assert page.url == "/field/unlock" and "三号条田" not in page.html and case.number not in page.text, path
        assert unlock(phone).url == "/field"
        assert case.number in reader.visit(phone, "/field/mine").html


def test_after_the_pin_one_comes_to_the_page_one_asked_for(enrol, cast):
    case, phone = cast.logs(), enrol()
    with later(minutes=11):
        page = reader.visit(phone, f"/cases/{case.number}")
        assert reader.send(phone, page, "/field/unlock", pin=PIN).url == f"/cases/{case.number}"


def test_a_phone_in_use_stays_open(enrol):
    phone = enrol()
    for minutes in (6, 12, 18, 24):
        with later(minutes=minutes):
            assert reader.visit(phone, "/field/mine").url == "/field/mine"


def test_the_ledger_covers_itself_on_a_phone_alone(enrol, visit):
    phone, computer = enrol(), visit("deputy")
    for _again in range(2):
        assert 'data-idle="600"' in phone.get("/ledger").text and "data-idle" not in computer.get("/ledger").text


def test_sending_does_not_keep_the_pages_open(enrol):
    phone = enrol()
    for minutes in (6, 12):
        with later(minutes=minutes):
            assert phone.get("/field/session").status_code == 200
    with later(minutes=12):
        assert phone.get("/field/session").json["device"]["locked"] is True
        assert reader.visit(phone, "/field").url == "/field/unlock"


def test_a_case_is_logged_and_its_slip_shown_while_locked(enrol, cast):
    old, phone = cast.logs(), enrol()
    with later(minutes=11):
        page = reader.visit(phone, "/field/new")
        given = {"category": "water", "village": "v01", "kind": "difficulty", "narrative": "渠道又堵了。"}
        slip = reader.send(phone, page, "/field/new", **given)
        assert slip.url.endswith("/slip") and "渠道" not in slip.text
        assert reader.visit(phone, f"/field/cases/{old.number}/slip").url == "/field/unlock"


def test_a_wrong_pin_says_how_many_tries_are_left(enrol):
    phone = enrol()
    with later(minutes=11):
        page = unlock(phone, "999998")
        assert page.status == 422 and "Tries left: 4" in page.text
        assert reader.visit(phone, "/field").url == "/field/unlock"


def test_a_right_pin_forgets_the_wrong_ones(enrol):
    phone = enrol()
    for _again in range(3):
        for _wrong in range(4):
            unlock(phone, "999998")
        assert unlock(phone).url == "/field"


def test_the_fifth_wrong_pin_ends_the_enrolment_and_the_session(enrol, cast):
    phone = enrol()
    for _wrong in range(5):
        page = unlock(phone, "999998")
    assert "signed out by the station" in page.text
    assert asks_for_the_pin(phone) is False and phone.get("/field/session").status_code == 401
    assert acts(cast)[-1] == "phone_closed"


def test_the_right_pin_comes_too_late_after_five_wrong_ones(enrol):
    """Even where five tries at once were all counted before one was judged."""
    phone = enrol()
    db.session.execute(db.update(Device).values(wrong=5))
    db.session.commit()
    unlock(phone)
    assert device().revoked_at is not None


def test_twelve_wrong_pins_at_once_are_five_tries(app, enrol, visit, monkeypatch):
    secret, judged = enrol().get_cookie("phone").value, []
    monkeypatch.setattr(pins, "matches", lambda *_given: judged.append(1) or sleep(0.05) or False)
    app.config["WTF_CSRF_ENABLED"] = False

    def guess(number: int) -> None:
        thief = visit()
        thief.set_cookie("phone", secret)
        thief.post("/field/unlock", data={"pin": f"{number:06}"})

    with ThreadPoolExecutor(12) as many:
        list(many.map(guess, range(12)))
    assert len(judged) == 5 and device().revoked_at is not None


def test_signing_out_leaves_the_phone_enrolled(enrol):
    phone = enrol()
    page = reader.visit(phone, "/account")
    assert reader.send(phone, page, "/sign-out").url == "/field/unlock"
    assert phone.get("/field/session").status_code == 401
    assert unlock(phone).url == "/field" and phone.get("/field/session").status_code == 200


def test_the_pin_opens_for_thirty_days_from_the_last_use(enrol):
    phone = enrol()
    with later(days=29):
        assert unlock(phone).url == "/field"
    with later(days=58):
        assert unlock(phone).url == "/field"
    with later(days=90):
        assert asks_for_the_pin(phone) is False


def test_two_enrolled_phones_of_one_deputy_never_give_the_same_slip(enrol):
    first, second = (enrol().get("/field/session").json["slips"] for _phone in range(2))
    assert len(first) >= 20 and len(second) >= 20
    assert not {slip["code"] for slip in first} & {slip["code"] for slip in second}
