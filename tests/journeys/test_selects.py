"""Pages of which there may be a million behind: how many selects each may take."""

import pytest
from sqlalchemy import event

from fieldapp.database import db
from fieldapp.slips.codes import code_of, pool_for


@pytest.fixture
def selects(app):
    """What the drivers of the engine are asked, one statement each."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite tells what it is asked.")
    asked = []

    def note(statement):
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    driver = db.session.connection().connection.driver_connection
    db.session.rollback()
    driver.set_trace_callback(note)

    @event.listens_for(db.engine, "connect")
    def _also(connection, _record):
        connection.set_trace_callback(note)

    yield asked
    driver.set_trace_callback(None)
    event.remove(db.engine, "connect", _also)


@pytest.fixture
def ledger_of(cast):
    def fill(count):
        for number in range(count):
            cast.brings(("confirmed", "handed_over", "accepted", "answered")[number % 4])

    return fill


def taken(selects, client, address) -> int:
    """Of the second visit: the first reads what is kept for the edition."""
    assert client.get(address).status_code == 200
    selects.clear()
    assert client.get(address + ("&" if "?" in address else "?") + "again=1").status_code == 200
    return len(selects)


def test_a_residents_page_takes_three_selects_and_the_same_page_again_takes_one(cast, visit, selects):
    case = cast.brings("answered")
    cast.does("deputy", case, "release")
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    address, browser = f"/s/{code_of(case.slip)}", visit()
    # An address with more to it is drawn each time.
    assert taken(selects, browser, address) == 3
    for count in (3, 1):
        selects.clear()
        assert browser.get(address).status_code == 200
        assert len(selects) == count


@pytest.mark.parametrize("address, most", [("/ledger", 8), ("/ledger?q=渠道", 8), ("/desk", 34)])
def test_a_list_takes_as_many_selects_for_twelve_cases_as_for_four(cast, visit, selects, ledger_of, address, most):
    ledger_of(4)
    few = taken(selects, visit("chair"), address)
    ledger_of(8)
    assert taken(selects, visit("chair"), address) == few <= most
