"""The timeline: nobody edits it, and what is tampered with is named."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from fieldapp.cases.verifying import findings
from fieldapp.database import db


@pytest.mark.parametrize("statement", ["UPDATE timeline SET note = 'x'", "DELETE FROM timeline"])
def test_the_database_refuses_to_change_the_timeline(cast, statement):
    cast.brings("handed_over")
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def _with_the_triggers_gone(statement: str) -> None:
    """What root can do with the file."""
    on_sqlite = db.engine.dialect.name == "sqlite"
    for trigger in ("timeline_no_update", "timeline_no_delete") if on_sqlite else ("timeline_no_change ON timeline",):
        db.session.execute(text(f"DROP TRIGGER {trigger}"))
    db.session.execute(text(statement))
    db.session.commit()
    db.session.expire_all()


@pytest.mark.parametrize(
    "change",
    [
        "note = 'another'",
        "actor_id = NULL",
        "at = '2020-01-01 00:00:00'",
        "after = 'settled'",
        "shown = NOT shown",
        "facts = '{}'",
        "act = 'urge'",
        "role = 'admin'",
        "previous = 'x'",
        "hash = 'x'",
        "once = 'x'",
    ],
)
def test_whatever_is_changed_in_a_row_verify_names_it(cast, change):
    case = cast.brings("handed_over")
    _with_the_triggers_gone(f"UPDATE timeline SET {change} WHERE id = (SELECT max(id) FROM timeline)")
    found = " ".join(findings())
    assert f"case:{case.id}" in found


@pytest.mark.parametrize("which", ["max(id)", "min(id)"])
def test_a_row_that_is_gone_is_missed(cast, which):
    case = cast.brings("handed_over")
    _with_the_triggers_gone(f"DELETE FROM timeline WHERE id = (SELECT {which} FROM timeline)")
    assert f"case:{case.id}" in " ".join(findings())


def test_a_state_set_by_hand_differs_from_its_timeline(cast):
    case = cast.brings("confirmed")
    db.session.execute(text("UPDATE \"case\" SET state = 'logged'"))
    db.session.commit()
    assert list(findings()) == [f"case {case.number}: state logged, but the timeline says confirmed"]


def test_an_untouched_database_holds(cast, app):
    cast.brings("settled")
    assert list(findings()) == []
    result = app.test_cli_runner().invoke(args=["verify"])
    assert result.exit_code == 0, result.output


def test_the_command_ends_with_status_1_and_names_the_row(cast, app):
    cast.brings("handed_over")
    _with_the_triggers_gone("UPDATE timeline SET note = 'another' WHERE id = 2")
    result = app.test_cli_runner().invoke(args=["verify"])
    assert result.exit_code == 1 and "timeline row 2" in result.output
