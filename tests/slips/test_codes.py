"""The code and the serial of a slip: what opens it, and what does not."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldapp.database import db, now
from fieldapp.slips import issuing, signs
from fieldapp.slips.codes import address, code_of, find, find_serial, issue_book, pool_for


@pytest.fixture
def book(cast):
    book = issue_book(deputy=cast["deputy"], size=3)
    db.session.commit()
    return book


@pytest.fixture
def slip(book):
    return book.slips[0]


@pytest.mark.parametrize("text", ["", " ", "0" * 26, "A" * 25, "A" * 27, "水" * 26, "😀" * 26, "0312-074", "x" * 100_000])
def test_an_unknown_code_finds_nothing(slip, text):
    assert find(text) is None


def test_a_revoked_code_finds_nothing(slip):
    code = code_of(slip)
    issuing.revoke(slip)
    assert find(code) is None


def test_after_a_loss_the_old_code_is_dead_and_the_new_one_lives(slip):
    old, serial = code_of(slip), slip.serial
    issuing.revoke(slip)
    issuing.reissue(slip)
    assert find(old) is None
    assert code_of(slip) != old
    assert find(code_of(slip)) is slip
    assert slip.serial == serial


def test_a_code_dies_ninety_days_after_its_case_ended(cast, slip):
    case = cast.logs()
    slip.case = case
    case.ended_at = now() - timedelta(days=89)
    db.session.commit()
    assert find(code_of(slip)) is slip
    case.ended_at = now() - timedelta(days=91)
    db.session.commit()
    assert find(code_of(slip)) is None


def test_a_code_has_26_signs_without_look_alikes(book):
    for slip in book.slips:
        code = code_of(slip)
        assert len(code) == 26
        assert not set(code) & set("ILOU")


def test_a_code_survives_how_people_type_it(slip):
    code = code_of(slip)
    for text in (
        code.lower(),
        "-".join(signs.in_groups(code)),
        f" {' '.join(signs.in_groups(code))} ",
        code.translate({n: n + 0xFEE0 for n in range(33, 127)}),
        code.replace("0", "O").replace("1", "I").replace("V", "U"),
        code.replace("0", "o").replace("1", "l").replace("V", "u"),
        code.translate({ord(str(n)): 0x660 + n for n in range(10)}),
        f"\u2067{code}\u2069",
        address(slip),
        address(slip).lower() + "?lang=ug",
    ):
        assert find(text) is slip, text


def test_the_database_holds_no_code(book):
    rows = db.session.execute(db.text("SELECT * FROM slip")).all()
    codes = [code_of(slip) for slip in book.slips]
    assert not any(code in str(rows) or code.lower() in str(rows) for code in codes)


def test_the_address_is_upper_case_and_alphanumeric_in_the_sense_of_qr(slip):
    assert set(address(slip)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert address(slip).endswith(f"/S/{code_of(slip)}")


def test_one_wrong_digit_in_a_serial_is_told_apart_from_an_unknown_slip(slip):
    right = slip.serial.replace("-", "")
    for place, digit in enumerate(right):
        for other in set("0123456789") - {digit}:
            wrong = right[:place] + other + right[place + 1 :]
            assert signs.is_mistyped(wrong), wrong
            assert find_serial(wrong) is None
    assert not signs.is_mistyped(signs.serial_for(9876, 54))
    assert find_serial(signs.serial_for(9876, 54)) is None


def test_swapped_neighbours_in_a_serial_are_almost_always_caught(app):
    missed = swapped = 0
    for book in range(1, 400):
        for number in range(1, 100, 7):
            digits = signs.serial_for(book, number).replace("-", "")
            for place in range(len(digits) - 1):
                first, second = digits[place : place + 2]
                if first != second:
                    swapped += 1
                    missed += not signs.is_mistyped(digits[:place] + second + first + digits[place + 2 :])
    assert missed / swapped < 0.03
    assert signs.check_digit("0794") == "5"  # the example in ISO 7064


def test_a_serial_survives_how_people_type_it(slip):
    digits = slip.serial.replace("-", "")
    wide = slip.serial.translate({n: n + 0xFEE0 for n in range(33, 127)})
    for text in (
        digits,
        f" {digits[:4]} - {digits[4:]} ",
        wide,
        f"\u2066{slip.serial}\u2069",
        f"№ {slip.serial}",
        f"№{wide} *",
        f"No. {digits}",
    ):
        assert find_serial(text) is slip, text


def test_a_wrong_digit_after_the_number_sign_is_told_as_one_and_other_letters_are_no_serial(slip):
    wrong = slip.serial[:-1] + str((int(slip.serial[-1]) + 1) % 10)
    assert signs.is_mistyped(f"№ {wrong}") and find_serial(f"№ {wrong}") is None
    for text in (f"NN{slip.serial}", f"{slip.serial}NO", "№", "№ 12", f"O{slip.serial}"):
        assert signs.serial_in(text) is None and not signs.is_mistyped(text), text


def test_books_are_numbered_without_gaps_and_a_serial_may_outgrow_four_digits(cast, book):
    assert issue_book(station=cast.station()).number == book.number + 1
    assert signs.serial_for(12345, 7)[:8] == "12345-07"
    assert not signs.is_mistyped(signs.serial_for(12345, 7))


@pytest.mark.parametrize("size", [0, -1, 100])
def test_a_book_of_an_impossible_size_is_refused(cast, size):
    with pytest.raises(ValueError):
        issue_book(deputy=cast["deputy"], size=size)


def test_the_phones_pool_stays_the_same_until_its_slips_are_used(cast, book):
    deputy = cast["deputy"]
    first = pool_for(deputy)
    assert len(first) >= 20
    assert not set(first) & set(book.slips)
    assert pool_for(deputy) == first
    for slip in first[:10]:
        slip.case = cast.logs()
    db.session.commit()
    again = pool_for(deputy)
    assert len(again) >= 20
    assert not set(again) & set(first[:10])
    assert set(first[10:]) <= set(again)


def test_the_pool_is_topped_up_by_a_request_that_only_reads(app, cast):
    deputy = cast["deputy"]
    db.session.commit()
    with app.test_request_context("/field/session"):
        assert len(pool_for(deputy)) >= 20


def test_a_resident_on_the_public_page_never_gets_a_slip_the_phone_carries(cast):
    deputy = cast["deputy"]
    pool = pool_for(deputy)
    slip = issuing.slip_for_page(deputy=deputy)
    assert slip not in pool
    slip.case = cast.logs()
    assert issuing.slip_for_page(deputy=deputy) is not slip
    assert issuing.slip_for_page(station=cast.station()).book.station is cast.station()


def test_the_code_is_derived_as_written(app, slip):
    import hashlib
    import hmac

    digest = hmac.new(app.config["KEYS"].derive("slips"), f"{slip.book.number}|{slip.number}|1".encode(), hashlib.sha256).digest()
    bits = "".join(f"{byte:08b}" for byte in digest)[:130]
    assert code_of(slip) == "".join(signs.ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 130, 5))
    assert slip.book.issued_at <= datetime.now(UTC)
