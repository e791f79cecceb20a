"""The migrations end at the models, and take a site's data along."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from fieldapp import create_app
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
