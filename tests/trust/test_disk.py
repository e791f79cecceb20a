"""A full disk, a disk that can only be read, a database that is locked: pages are read on, acts fail closed."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from fieldapp.cases import contacts
from fieldapp.cases.case import Case
from fieldapp.database import db, now, sqlite
from fieldapp.slips.codes import code_of, pool_for
from tests.reader import read
from tests.reader import visit as go

SECRET = "我家就在桥边，别让站里知道"
# More than is left of any page of the database.
LONG = SECRET * (1000 // len(SECRET))
FAULTS = ("full", "read-only", "locked")


@pytest.fixture
def matter(cast):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own disk.")
    case = cast.brings("answered", narrative=SECRET)
    pool_for(cast["deputy"])[0].case = case
    contacts.seal_contact(case, {"name": "某某某", "phone": "0998-000-0171", "share_with_unit": False, "chair_only": False})
    db.session.commit()
    return case


@pytest.fixture
def trouble(app, tmp_path):
    """``trouble("full")`` begins, ``trouble(None)`` ends it."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    present, others = {"fault": None}, []

    def prepared(connection, *_record):
        fault = present["fault"]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages if fault == 'full' else 2**31 - 2}").close()
        connection.execute(f"PRAGMA query_only={'ON' if fault == 'read-only' else 'OFF'}").close()
        connection.execute("PRAGMA busy_timeout=20").close()

    def begin(fault):
        db.session.rollback()
        present["fault"] = fault
        for other in others:
            other.close()
        others.clear()
        if fault == "locked":
            others.append(sqlite.connect(tmp_path / "fieldapp.db", isolation_level=None))
            others[0].execute("BEGIN IMMEDIATE")

    event.listen(db.engine, "checkout", prepared)
    yield begin
    begin(None)
    event.remove(db.engine, "checkout", prepared)


def of_everybody(visit, case) -> list:
    """Each person's pages, of sessions that were last used an hour ago; and the resident's."""
    pages = {
        "chair": ["/desk", "/ledger", "/ledger.xlsx", "/month", "/slips", "/rounds", f"/cases/{case.number}"],
        "deputy": ["/field", "/field/new", "/field/mine", "/ledger", f"/cases/{case.number}"],
        "unit": ["/desk", f"/cases/{case.number}"],
        "county": ["/desk"],
        "admin": ["/people", "/places"],
        None: [f"/s/{code_of(case.slip)}", "/station/square", "/sign-in", "/healthz", "/s/" + "A" * 26],
    }
    return [(visit(account), page, 404 if "AAAA" in page else 200) for account, some in pages.items() for page in some]


def test_every_page_is_read_on(cast, visit, matter, trouble):
    pages = of_everybody(visit, matter)
    for hour, fault in enumerate(FAULTS):
        trouble(fault)
        with time_machine.travel(now() + timedelta(minutes=10 * hour + 10)):
            wrong = [(fault, page, status) for client, page, well in pages if (status := client.get(page).status_code) != well]
        assert wrong == []


def test_an_act_that_cannot_be_kept_is_not_acknowledged_and_succeeds_when_sent_again(cast, visit, matter, trouble, caplog):
    chair, resident, path = visit("chair"), visit(), f"/s/{code_of(matter.slip)}"
    rework = go(chair, f"/cases/{matter.number}").form("/rework")
    new = go(chair, "/cases/new").form("/cases/new")
    where = {name: str(one.id) for name, one in (("category", cast.category()), ("village", cast.area("v01")))}
    contact = {"contact_name": "某某某", "contact_phone": "0998-000-0171"}
    paper = {**new.values, **where, **contact, "deputy_id": str(cast["deputy"].id), "source": "paper", "narrative": LONG * 8}
    sent = [
        (chair, rework.action, {**rework.values, "reason": LONG}),
        (chair, "/cases/new", paper),
        (resident, f"{path}/remark", {"remark": LONG, "head": matter.head[:24]}),
        (resident, "/station/square", {**where, **contact, "narrative": LONG * 8}),
    ]
    known = matter.version, db.session.scalar(db.select(db.func.count(Case.id)))
    for fault in FAULTS:
        trouble(fault)
        for client, address, data in sent:
            caplog.clear()
            reply = client.post(address, data=data)
            assert reply.status_code in (500, 503), (fault, address)
            page = read(reply)
            assert not [word for word in ("Traceback", "sqlite", "disk") if word in page.html]
            assert [sign for sign in references(caplog) if sign in page.text], page.text
            assert not [word for word in (SECRET, *contact.values(), path[3:]) if word in caplog.text]
        trouble(None)
        db.session.expire_all()
        assert (matter.version, db.session.scalar(db.select(db.func.count(Case.id)))) == known
    assert {client.post(address, data=data).status_code for client, address, data in sent} <= {200, 303}


def references(caplog) -> list[str]:
    return [record.getMessage().split()[0] for record in caplog.records if record.levelname == "ERROR"]
