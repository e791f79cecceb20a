"""Many invented cases: copies of what the moves made, and as lawful."""

from multiprocessing import Pipe

import pytest

from fieldapp.cases import intake
from fieldapp.cases.case import OPEN, Case
from fieldapp.cases.verifying import findings
from fieldapp.database import db
from fieldapp.demo import inventing
from fieldapp.demo.feature import write_codes
from fieldapp.people.person import Person
from fieldapp.slips.slip import Slip

INVENTED = 200


@pytest.fixture
def crowd(app) -> list[Case]:
    result = app.test_cli_runner().invoke(args=["demo", "--cases", str(INVENTED)])
    assert result.exit_code == 0, result.output
    return list(db.session.scalars(db.select(Case).order_by(Case.id)))[-INVENTED:]


def test_every_one_holds_and_most_have_ended(crowd):
    assert list(findings()) == []
    ended = [case for case in crowd if case.state not in OPEN]
    assert len(crowd) == INVENTED and INVENTED * 0.7 < len(ended) < INVENTED
    assert {case.state for case in crowd} >= {"settled", "guided", "answered"}
    assert db.session.scalar(db.text("SELECT count(*) FROM case_word WHERE case_id > :known"), {"known": crowd[0].id}) > INVENTED


def test_no_two_are_the_same_and_each_slip_opens_its_page(app, crowd, tmp_path):
    assert len({case.key for case in crowd}) == len({case.number for case in crowd}) == len({case.head for case in crowd}) == INVENTED
    write_codes(str(tmp_path / "slips"))
    codes = (tmp_path / "slips").read_text().split()
    assert len(codes) == len(set(codes)) >= INVENTED
    browser = app.test_client()
    assert {browser.get(f"/s/{code}").status_code for code in codes[-INVENTED::9]} == {200}


WRITTEN = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes UNION SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint",
}


def schema() -> set:
    """Every table, index and key in the engine's words."""
    found = set(db.session.execute(db.text(WRITTEN[db.engine.dialect.name])).tuples())
    db.session.rollback()
    return found


def test_whoever_stops_it_midway_finds_the_stories_alone(app, monkeypatch):
    before = schema()

    def stopped(_connection):
        raise KeyboardInterrupt

    monkeypatch.setattr("fieldapp.demo.inventing.sizes.measure", stopped)
    result = app.test_cli_runner().invoke(args=["demo", "--cases", str(INVENTED)])
    assert result.exit_code != 0
    assert schema() == before and list(findings()) == []
    assert 0 < db.session.scalar(db.select(db.func.count(Case.id))) < INVENTED
    assert db.session.scalar(db.select(db.func.count(Slip.id)).where(Slip.case_id.is_not(None))) < INVENTED


def test_nothing_of_the_schema_is_lost(app):
    before = schema()
    assert app.test_cli_runner().invoke(args=["demo", "--cases", str(INVENTED)]).exit_code == 0
    assert schema() == before


def test_life_goes_on(app, crowd):
    deputy = db.session.scalar(db.select(Person).where(Person.account == "deputy"))
    known = crowd[-1]
    one = intake.log(
        deputy,
        township_id=known.township_id,
        village_id=known.village_id,
        category_id=known.category_id,
        deputy_id=deputy.id,
        source="field",
        narrative="渠道淤堵。",
    )
    db.session.commit()
    assert one.number not in {case.number for case in crowd} and list(findings()) == []


def test_the_process_that_makes_the_rows_ends_when_nobody_reads_them():
    rows = iter(range(3))
    inventing._send(rows, *Pipe(duplex=False))
    assert next(rows) == 1
