"""What a unit, or the holder of a slip, is not to know of leaves no trace in what they get."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy.orm.exc import StaleDataError

from fieldapp.cases import contacts, performing, pictures
from fieldapp.database import db
from fieldapp.slips.codes import pool_for
from fieldapp.suggestions.acts import begin
from fieldapp.workflow import Stale
from tests.trust.test_twins import ONE, differences, lived

UNSEEN = {
    "handed_over": [("resident", "remark", {"remark": "还没有人来"}), ("deputy", "merge_proposal", {"joined": "logged"})],
    "answered": [
        ("deputy", "release", {}),
        ("deputy", "wording", {"language": "ug", "text": "ئېرىق تازىلاندى"}),
        ("resident", "verdict", {"solved": True}),
        ("resident", "rating", {"rating": "basically"}),
        ("deputy", "inspection", {"note": "看过了"}),
        ("resident", "remark", {"remark": "谢谢"}),
    ],
    "settled": [("resident", "remark", {"remark": "谢谢"})],
}


def twins(tmp_path, monkeypatch, visitors) -> list[dict]:
    """What a site answers where nothing happened, and where it did; the first
    one only draws every page once, which takes chances of its own."""
    return lived(tmp_path, monkeypatch, [ONE] * 3, visitors(iter([False, False, True])))[1:]


def photo(cast, case, colour, **more):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return pictures.store(file.getvalue(), case=case, purpose="matter", author=cast["deputy"], **more)


def case_of(twin, state):
    return db.session.scalar(db.select(contacts.Case).where(contacts.Case.number == twin.numbers[state]))


def happens(twin) -> None:
    """Everything that neither unit may know of, on the matters they have."""
    cast = twin.cast
    for state, acts in UNSEEN.items():
        case = case_of(twin, state)
        for account in ("deputy", "chair"):
            cast.does(account, case, "contact_look", reason="问清地点")
        for account, move, given in acts:
            given = {name: case_of(twin, said) if name == "joined" else said for name, said in given.items()}
            cast.does(account, case, move, **given)
        photo(cast, case, "yellow")
        begin(cast["deputy"], title="建议", text="建议整修。", cases=[case])
        db.session.commit()


def units(happening):
    """Each unit's replies: pages drawn before, then again and with each form sent afterwards."""

    def visiting(twin):
        for state in UNSEEN:
            photo(twin.cast, case_of(twin, state), "green", approved=True)
        db.session.commit()
        clients = {account: twin.browser(account) for account in ("unit", "unit2")}
        drawn = pages(twin, clients, "before")
        if next(happening):
            happens(twin)
        return {**drawn, **pages(twin, clients, "after"), **forms(twin, clients, drawn)}

    return visiting


def pages(twin, clients, when):
    paths = ["/desk", "/desk?pile=unsolved", "/desk?pile=tell", "/desk?pile=inspect", "/desk?pile=strike", "/suggestions"]
    for number in twin.numbers.values():
        paths += [f"/cases/{number}", *(f"/cases/{number}/photos/{n}" for n in range(4))]
    return {(account, when, path): twin.asks(client, "GET", path) for account, client in clients.items() for path in paths}


def forms(twin, clients, drawn):
    replies = {}
    for account, client in clients.items():
        for state in UNSEEN:
            path = f"/cases/{twin.numbers[state]}"
            page = drawn[account, "before", path][2].decode()
            mark = re.search(r'name="version" value="([^"]*)"', page)
            for name in ("contact", "opinion", "acceptance", "return", "extension", "answer"):
                data = {
                    "version": mark[1] if mark else "0",
                    "once": f"{account}{state}{name}",
                    "reason": "看看",
                    "text": "同意",
                    "language": "zh",
                }
                data |= {"officer": str(twin.cast["unit"].id)} if name == "acceptance" else {}
                replies[account, "sent", f"{path}/{name}"] = twin.asks(client, "POST", f"{path}/{name}", data=data)
                replies[account, "then", f"{path}/{name}"] = twin.asks(client, "GET", path)
    return replies


def test_a_unit_gets_the_same_bytes_whether_or_not_something_it_may_not_know_of_happened(tmp_path, monkeypatch):
    one, other = twins(tmp_path, monkeypatch, units)
    assert differences(one, other) == []
    sent = [reply[0] for key, reply in one.items() if key[1] == "sent"]
    assert sent.count(303) == 2 and {404, 409} <= set(sent), sent
    assert sum(reply[0] == 200 and "image/jpeg" in str(reply[1]) for reply in one.values()) >= 6


def holder(happening):
    def visiting(twin):
        if next(happening):
            for state, account, move, given in (
                ("handed_over", "deputy", "merge_proposal", {"joined": case_of(twin, "logged")}),
                ("handed_over", "unit2", "opinion", {"text": "同意", "language": "zh"}),
                ("logged", "chair", "summary", {"summary": "渠道淤堵"}),
                ("settled", "chair", "lookback_assignment", {"person": twin.cast["clerk"]}),
            ):
                twin.cast.does(account, case_of(twin, state), move, **given)
            photo(twin.cast, case_of(twin, "answered"), "yellow")
            db.session.commit()
        client, replies = twin.browser(None), {}
        for state, code in twin.codes.items():
            for language in ("zh", "ug", "en"):
                replies[state, language] = twin.asks(client, "GET", f"/s/{code}?lang={language}")
        return replies

    return visiting


def test_the_holder_of_a_slip_gets_the_same_bytes_whatever_the_house_does_for_itself(tmp_path, monkeypatch):
    one, other = twins(tmp_path, monkeypatch, holder)
    assert differences(one, other) == [] and {reply[0] for reply in one.values()} == {200}


def test_who_sees_no_change_hears_of_none_even_at_the_same_moment(cast, monkeypatch):
    """On PostgreSQL the later writer finds the row changed; the form is then made again."""
    case = cast.brings("handed_over")
    seen = {account: case.mark(cast[account]) for account in ("unit", "deputy")}
    cast.does("deputy", case, "slip", slip=pool_for(cast["deputy"])[0])
    assert case.mark(cast["unit"]) == seen["unit"] and case.mark(cast["deputy"]) != seen["deputy"]
    monkeypatch.setattr(db.session, "commit", lambda: (_ for _ in ()).throw(StaleDataError()))
    with pytest.raises(StaleDataError):
        performing.perform(case, "acceptance", cast["unit"], {"officer": cast["unit"]}, version=seen["unit"])
    with pytest.raises(Stale) as told:
        performing.perform(case, "acceptance", cast["unit"], {"officer": cast["unit"]}, version="0")
    assert "deputy" not in told.value.sentence
