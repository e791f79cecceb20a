"""How lists find cases: by few selects, each by an index, and never what was."""

import pytest
from sqlalchemy import event

from fieldapp.cases import piles
from fieldapp.cases.listing import LIGHTS
from fieldapp.database import db
from fieldapp.people import sessions
from fieldapp.people.person import Person
from fieldapp.reading import Prepared

FILTERS = (
    "state=accepted",
    "village=3",
    "unit=1",
    "category=2",
    "activity=X",
    "before=9",
    "after=1",
    "q=2026-0001",
    "q=水渠",
    "q=水",
    "q=ئېرىق",
)
LEDGER = ["/ledger", *(f"/ledger?{query}" for query in (*FILTERS, *(f"light={light}" for light in LIGHTS)))]
DESK = ["/desk", *(f"/desk?pile={pile.name}" for pile in piles.PILES)]
# Looked through whole: what is with the county alone, a few among many.
SMALL = "SCAN case USING INDEX ix_case_county_id"


@pytest.fixture
def selects(monkeypatch):
    """Text and values of each prepared select that was read."""
    found = []
    read = Prepared._execute

    def noting(prepared, engine, cursor, values):
        names = read(prepared, engine, cursor, values)
        text, _given, _binding, order, *_columns = prepared.engines[engine]
        found.append((text, [values[name] for name in order] if order is not None else values))
        return names

    monkeypatch.setattr(Prepared, "_execute", noting)
    return found


@pytest.mark.parametrize("account", ["chair", "clerk", "county", "unit", "deputy"])
def test_no_list_looks_through_all_cases(cast, visit, selects, account):
    cast.brings("accepted")
    browser = visit(account)
    if db.engine.dialect.name != "sqlite":
        pytest.skip("other engines choose by what they have counted")
    for address in [*(DESK if account != "deputy" else []), *(LEDGER if account != "unit" else [])]:
        selects.clear()
        assert browser.get(address).status_code == 200
        assert selects
        for text, values in selects:
            with db.engine.connect() as connection:
                plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", tuple(values))]
            scans = [step for step in plan if step.startswith("SCAN case") and not step.startswith(SMALL)]
            assert not scans, f"{address}: {plan}"


@pytest.mark.parametrize(
    ("account", "pile", "index"),
    [
        ("chair", "inspect", "ix_case_to_inspect"),
        ("chair", "tell", "ix_case_to_tell"),
        ("chair", "strike", "ix_case_to_strike_off"),
        ("chair", "promise", "ix_case_promised"),
    ],
)
def test_what_waits_after_an_answer_lies_in_an_index_of_its_own(cast, visit, selects, account, pile, index):
    cast.brings("answered")
    if db.engine.dialect.name != "sqlite":
        pytest.skip("other engines choose by what they have counted")
    assert visit(account).get(f"/desk?pile={pile}").status_code == 200
    rows = next(told for told in selects if "ORDER BY" in told[0])
    with db.engine.connect() as connection:
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {rows[0]}", tuple(rows[1])))
    assert index in plan


@pytest.mark.parametrize(
    ("account", "address", "most"),
    [
        ("chair", "/desk", 3),
        ("clerk", "/desk", 3),
        ("county", "/desk", 3),
        # Its units one by one, and what they assist with.
        ("unit", "/desk", 4),
        ("chair", "/ledger?state=accepted", 3),
        ("deputy", "/ledger", 3),
        ("chair", "/ledger?q=水渠", 3),
    ],
)
def test_a_list_is_a_handful_of_selects(cast, visit, account, address, most):
    """The reader, the rows, the counts."""
    cast.brings("accepted")
    browser = visit(account)
    assert browser.get(address).status_code == 200
    read, others = [], []
    event.listen(db.engine, "before_cursor_execute", lambda *told: others.append(told[2]))
    reads, Prepared._execute = Prepared._execute, lambda *told: read.append(told) or reads(*told)
    try:
        browser.get(address)
    finally:
        Prepared._execute = reads
    assert len(read) <= most and not [text for text in others if text.startswith("SELECT")]


def test_who_is_signed_out_or_no_longer_active_reads_no_list(cast, visit):
    chair, clerk = visit("chair"), visit("clerk")
    assert chair.get("/desk").status_code == clerk.get("/desk").status_code == 200
    sessions.revoke_all(cast["chair"])
    db.session.get_one(Person, cast["clerk"].id).active = False
    db.session.commit()
    assert {person.get("/desk").status_code for person in (chair, clerk)} == {303}


@pytest.mark.parametrize(("state", "most"), [("logged", 25), ("handed_over", 25), ("accepted", 25), ("answered", 25), ("settled", 30)])
def test_a_cases_page_selects_what_it_belongs_to_at_once(cast, visit, state, most):
    case, chair = cast.brings(state), visit("chair")
    address, others = f"/cases/{case.number}", []
    assert chair.get(address).status_code == 200
    event.listen(db.engine, "before_cursor_execute", lambda *told: others.append(told[2]))
    assert chair.get(address).status_code == 200
    tables = [text.split("FROM ")[1].split()[0] for text in others if text.startswith("SELECT")]
    assert len(tables) <= most, tables
    assert tables.count("assistance") <= 1 and tables.count("extension") <= 1, tables
