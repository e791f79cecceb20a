"""A timeline that takes no entry: no act is done, no contact is told, pages are read on."""

import pytest
from sqlalchemy import DDL

from fieldapp import journal
from fieldapp.cases import contacts
from fieldapp.cases.case import Case
from fieldapp.database import db
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import read
from tests.reader import visit as go

NAME, PHONE = "某某某", "0998-000-0171"
WORDS = "我家就在桥边，别让站里知道"


@pytest.fixture
def matter(app, cast):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    case = cast.brings("answered", narrative=WORDS)
    pool_for(cast["deputy"])[0].case = case
    cast.does("deputy", case, "release")
    contacts.seal_contact(case, {"name": NAME, "phone": PHONE, "share_with_unit": False, "chair_only": False})
    db.session.commit()
    return case


def refused_by_the_database(monkeypatch) -> None:
    """As a trigger of somebody else's would, or a page that is damaged."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("The trigger is SQLite's.")
    db.session.execute(DDL("CREATE TRIGGER closed BEFORE INSERT ON timeline BEGIN SELECT RAISE(ABORT, 'no'); END"))
    db.session.commit()


def without_a_seal(monkeypatch) -> None:
    def sealed(words):
        raise RuntimeError("no seal")

    monkeypatch.setattr(journal, "sealed", sealed)


def mended(monkeypatch) -> None:
    monkeypatch.undo()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(DDL("DROP TRIGGER IF EXISTS closed"))
        db.session.commit()


def state_of_things() -> tuple:
    db.session.rollback()
    db.session.expire_all()
    return (
        db.session.scalar(db.select(db.func.count(journal.Entry.id))),
        [(case.number, case.state, case.version, case.head) for case in db.session.scalars(db.select(Case).order_by(Case.id))],
    )


@pytest.mark.parametrize("fault", [refused_by_the_database, without_a_seal])
def test_nothing_is_acknowledged_or_told_and_it_succeeds_when_sent_again(cast, visit, matter, monkeypatch, caplog, fault):
    chair, resident, slip = visit("chair"), visit(), f"/s/{code_of(matter.slip)}"
    page = go(chair, f"/cases/{matter.number}")
    rework, look = page.form("/rework"), page.form("/contact")
    new = go(chair, "/cases/new").form("/cases/new")
    where = {name: str(one.id) for name, one in (("category", cast.category()), ("village", cast.area("v01")))}
    head = matter.head[:24]
    sent = [
        (chair, look.action, {**look.values, "reason": "回访"}),
        (chair, "/cases/new", {**new.values, **where, "deputy_id": str(cast["deputy"].id), "source": "paper", "narrative": WORDS}),
        (resident, f"{slip}/verdict", {"solved": "yes", "head": head}),
        (resident, f"{slip}/remark", {"remark": WORDS, "head": head}),
        (resident, "/station/square", {**where, "narrative": WORDS}),
        (chair, rework.action, {**rework.values, "reason": WORDS}),
    ]
    before = state_of_things()
    with monkeypatch.context() as patch:
        fault(patch)
        for client, address, data in sent:
            caplog.clear()
            reply = client.post(address, data=data)
            assert reply.status_code == 500, address
            said = read(reply)
            signs = [record.getMessage().split()[0] for record in caplog.records if record.levelname == "ERROR"]
            assert [sign for sign in signs if sign in said.text], said.text
            assert not [word for word in ("Traceback", "timeline", "RuntimeError", NAME, PHONE) if word in said.html]
            assert not [word for word in (WORDS, NAME, PHONE, slip[3:]) if word in caplog.text]
        for client, address in ((chair, "/desk"), (chair, "/ledger"), (chair, f"/cases/{matter.number}"), (resident, slip)):
            assert client.get(address).status_code == 200
        mended(patch)
    assert state_of_things() == before
    # The look came first and moved the case on: its page is asked for again for what follows.
    for client, address, data in sent[:5]:
        data = {**data, "head": matter.head[:24]} if "head" in data else data
        assert client.post(address, data=data).status_code in (200, 303), address
        db.session.expire_all()
    again = go(chair, f"/cases/{matter.number}").form("/rework")
    assert chair.post(again.action, data={**again.values, "reason": WORDS}).status_code == 303
