"""Two requests that both have read before either writes: answered as one after the other.

PostgreSQL lets both begin; SQLite lets the second wait, so that nobody meets there.
"""

import threading
from contextlib import suppress

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from fieldapp import journal
from fieldapp.activities.round import Round
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.slips.codes import code_of
from fieldapp.suggestions.suggestion import Suggestion
from tests.field.phone import Phone, a_record
from tests.reader import visit as go


@pytest.fixture
def at_once(app):
    """Sends the requests from a thread each; all wait for each other before they write first."""
    hooked = []

    def send(*requests):
        meeting = threading.Barrier(len(requests), timeout=5 if db.engine.dialect.name == "postgresql" else 0.3)
        mine, statuses = threading.local(), [None] * len(requests)

        def before_flush(*_session):
            if getattr(mine, "waits", False):
                mine.waits = False
                with suppress(threading.BrokenBarrierError):
                    meeting.wait()

        def work(place, request):
            mine.waits = True
            statuses[place] = request().status_code

        event.listen(Session, "before_flush", before_flush)
        hooked.append(before_flush)
        db.session.rollback()
        threads = [threading.Thread(target=work, args=pair) for pair in enumerate(requests)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.session.expire_all()
        return statuses

    yield send
    for hook in hooked:
        event.remove(Session, "before_flush", hook)


def acts(case):
    return [entry.act for entry in journal.of(case.thing)]


def test_a_resident_rates_and_remarks_at_the_same_moment(answered, cast, visit, at_once):
    case, address = answered
    cast.does("resident", case, "verdict", solved=True)
    head = go(visit(), address).form("/rating").values["head"]
    taps = [("remark", {"remark": "谢谢"}), ("rating", {"rating": "satisfied"})]
    said = [lambda act=act, given=given: visit().post(f"{address}/{act}", data={**given, "head": head}) for act, given in taps]
    assert at_once(*said) == [303, 303]
    assert sorted(acts(case)[-2:]) == ["rating", "remark"]
    assert case.answer.verdict.rating == "satisfied"


def test_rating_before_the_verdict_at_the_same_moment_is_told_so(answered, visit, at_once):
    case, address = answered
    head = go(visit(), address).form("/verdict").values["head"]
    taps = [("verdict", {"solved": "yes"}), ("rating", {"rating": "satisfied"})]
    said = [lambda act=act, given=given: visit().post(f"{address}/{act}", data={**given, "head": head}) for act, given in taps]
    first, second = at_once(*said)
    assert first == 303 and second in (303, 409) and case.answer.verdict.solved


@pytest.mark.parametrize("act, given", [("verdict", {"solved": "no"}), ("remark", {"remark": "谢谢"})])
def test_the_same_form_twice_at_the_same_moment_is_one_act(answered, visit, at_once, act, given):
    case, address = answered
    head = go(visit(), address).form("/verdict").values["head"]
    twice = [lambda: visit().post(f"{address}/{act}", data={**given, "head": head})] * 2
    assert at_once(*twice) == [303, 303]
    assert acts(case).count(act) == 1


def test_a_matter_sent_twice_at_the_same_moment_is_one_case(cast, visit, at_once):
    form = go(visit(), f"/station/{cast.station().code}").form("square").values
    given = {**form, "category": cast.category().id, "village": cast.area("v01").id, "narrative": "水渠堵了。"}
    assert at_once(*[lambda: visit().post("/station/square", data=given)] * 2) == [200, 200]
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 1


def test_two_suggestions_begun_at_the_same_moment_get_two_numbers(visit, at_once):
    pages = [(browser, go(browser, "/suggestions/new").form("/new").values) for browser in (visit("deputy"), visit("deputy2"))]
    begun = [
        lambda browser=browser, form=form: browser.post("/suggestions/new", data={**form, "title": "清淤", "text": "请清淤。"})
        for browser, form in pages
    ]
    assert at_once(*begun) == [303, 303]
    numbers = db.session.scalars(db.select(Suggestion.sequence).order_by(Suggestion.sequence)).all()
    assert numbers == [1, 2]


def test_a_record_sent_twice_at_the_same_moment_is_one_case(visit, at_once):
    record, phones = a_record(), [Phone(visit("deputy")) for _window in range(2)]
    assert sorted(at_once(*[lambda phone=phone: phone.sync(record) for phone in phones])) == [200, 201]
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 1


def test_one_slip_given_to_two_cases_at_the_same_moment_leads_to_one_of_them(visit, at_once):
    phones = [Phone(visit("deputy")) for _window in range(2)]
    code = phones[0].session["slips"][0]["code"]
    given = [lambda phone=phone, record=a_record(slip=code): phone.sync(record) for phone in phones]
    assert sorted(at_once(*given)) == [201, 422]
    (case,) = db.session.scalars(db.select(Case))
    assert code_of(case.slip) == code


def test_the_first_two_cases_of_a_year_get_two_numbers(visit, at_once):
    phones = [Phone(visit(account)) for account in ("deputy", "deputy2")]
    assert at_once(*[lambda phone=phone: phone.sync(a_record()) for phone in phones]) == [201, 201]
    numbers = db.session.scalars(db.select(Case.number).order_by(Case.number)).all()
    assert [number[5:] for number in numbers] == ["0001", "0002"]


def test_two_rounds_planned_at_the_same_moment_get_two_codes(cast, visit, at_once):
    pages = [(browser, go(browser, "/rounds/new").form("/new").values) for browser in (visit("clerk"), visit("chair"))]
    chosen = {"deputies": [cast["deputy"].id]}
    planned = [lambda browser=browser, form=form: browser.post("/rounds/new", data={**form, **chosen}) for browser, form in pages]
    assert at_once(*planned) == [303, 303]
    codes = db.session.scalars(db.select(Round.code).order_by(Round.code)).all()
    assert [code[6:] for code in codes] == ["001", "002"]
