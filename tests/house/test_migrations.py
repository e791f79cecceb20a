"""The migrations end at the models, and take a site's data along."""

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from fieldapp import create_app
from fieldapp.cases.case import Case
from fieldapp.database import Base, db
from fieldapp.migrating import upgrade
from tests.conftest import bared


@pytest.fixture
def site(tmp_path):
    """A site whose database is made by migrations alone."""
    app = create_app({"INSTANCE": tmp_path, "TESTING": True})
    with app.app_context():
        bared()
        yield app
        db.session.remove()
        bared()
        db.engine.dispose()


def differences() -> list:
    with db.engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)


def test_the_migrated_schema_is_the_one_of_the_models(site):
    upgrade()
    assert not differences()


def test_a_site_of_the_first_schema_is_brought_up_to_date_with_its_data(site):
    upgrade(revision="0001")
    insert = "INSERT INTO area (code, kind, names, settings, phone, demonstration) VALUES ('c', 'county', '{}', '{}', '', false)"
    with db.engine.begin() as connection:
        connection.exec_driver_sql(insert)
    upgrade()
    assert db.session.execute(db.text("SELECT code FROM area")).scalar() == "c"
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(db.text("PRAGMA integrity_check")).scalar() == "ok"


ANSWERED = """
INSERT INTO "case" (id, key, number, township_id, village_id, category_id, source, kind, state, level, narrative, summary, anonymous,
 logged_at, urges, returns, reworks, relapses, supervised, uninspected, guided_to, head, version, answer_id)
VALUES ({0}, '{0}', '2026-{0}', 1, 1, 1, 'field', 'difficulty', 'answered', 'township', 'x', '', true,
 '2026-01-05 04:00:00.000000', 0, 0, 0, 0, 0, '', '', '', 1, {0})
"""
ANSWER = """
INSERT INTO answer (id, case_id, unit_id, author_id, recorded, on_the_spot, class, promised, text, language, talked, at, visible_at)
VALUES ({0}, {1}, 1, 1, false, false, '{2}', {3}, 'x', 'zh', false, '2026-01-05 04:00:00.000000', '2026-01-05 04:00:00.000000')
"""


def test_a_case_is_told_what_its_present_answer_promises(site):
    upgrade(revision="0012")
    lax = "PRAGMA foreign_keys=OFF" if db.engine.dialect.name == "sqlite" else "SET session_replication_role = replica"
    with db.engine.connect() as connection:
        # Before a transaction begins, after which SQLite no longer listens.
        connection.connection.cursor().execute(lax)
        for case, letter, promised in ((1, "B", "'2027-03-01'"), (2, "A", "'2027-03-02'"), (3, "D", "NULL")):
            connection.exec_driver_sql(ANSWERED.format(case))
            connection.exec_driver_sql(ANSWER.format(case, case, letter, promised))
        # One that was given earlier.
        connection.exec_driver_sql(ANSWER.format(4, 3, "C", "'2026-02-01'"))
        connection.commit()
        connection.invalidate()
    upgrade()
    assert db.session.execute(select(Case.id, Case.promised).where(Case.promised.is_not(None))).all() == [(1, date(2027, 3, 1))]
