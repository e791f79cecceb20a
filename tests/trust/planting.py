"""A site lived in by everybody, whose every word that somebody once typed is then another."""

import random
from datetime import date, timedelta

from sqlalchemy import JSON, String, Text

from fieldapp.cases import contacts
from fieldapp.database import db, today
from fieldapp.slips.codes import code_of, pool_for
from fieldapp.suggestions.acts import begin
from tests.cases.joint import merged
from tests.trust.payloads import payloads

# What the program itself writes, looks up or counts on.
OWN = {
    *[
        "key",
        "number",
        "state",
        "kind",
        "source",
        "level",
        "category",
        "code",
        "account",
        "role",
        "password_hash",
        "totp_sealed",
        "token_hash",
        "secret_hash",
        "pin_hash",
    ],
    *[
        "salt",
        "hint",
        "hash",
        "previous",
        "once",
        "thing",
        "act",
        "before",
        "after",
        "lookup",
        "serial",
        "subject",
        "content",
        "sha256",
        "type",
        "file",
        "purpose",
        "language",
    ],
    *[
        "channel",
        "rating",
        "holder",
        "name",
        "year",
        "class",
        "head",
        "stage",
        "activity",
        "captured_at",
        "result",
        "series",
        "village",
        "letter",
        "spelling",
        "word",
    ],
}


def lived(cast) -> dict:
    """Matters in the states that show most, a suggestion, a contact, a slip; by what a page's address needs."""
    answered, settled, told = cast.brings("answered"), cast.brings("settled"), cast.brings("guided")
    with_unit, _joined = cast.brings("handed_over"), merged(cast)
    cast.does("chair", with_unit, "supervision", reason="拖了", report_due=today() + timedelta(days=5))
    cast.does("unit", with_unit, "report", report="在办")
    cast.does("chair", with_unit, "assistance", units=[cast.unit("roads")], due=today() + timedelta(days=5), asked="请提意见")
    cast.does("unit2", with_unit, "opinion", text="同意", language="zh")
    cast.does("unit", with_unit, "extension", until=date(2099, 12, 20), reason="料未到")
    cast.does("deputy", answered, "release")
    cast.does("chair", answered, "rework", reason="没有好")
    cast.does("resident", answered, "remark", remark="谢谢")
    up = cast.logs()
    cast.does("chair", up, "escalation", opinion="请协调")
    contacts.seal_contact(answered, {"name": "x", "phone": "y", "share_with_unit": True})
    suggestion = begin(cast["deputy"], title="建议", text="建议整修。")
    slips = pool_for(cast["deputy"])
    slips[0].case, slips[1].case = settled, told
    db.session.commit()
    numbers = [case.number for case in (answered, settled, with_unit, up, told)]
    return {"numbers": numbers, "codes": [code_of(slips[0]), code_of(slips[1])], "suggestion": suggestion.number}


def typed_columns() -> list:
    """Each column that holds what a person typed."""
    tables = [table for table in db.metadata.sorted_tables if table.name not in ("search", "series", "lease", "edition", "failure")]
    columns = [column for table in tables for column in table.columns if column.name not in OWN and not column.foreign_keys]
    return [
        one for one in columns if isinstance(one.type, String | Text) or (isinstance(one.type, JSON) and one.name in ("names", "hours"))
    ]


def plant(seed: int) -> list[str]:
    """Writes a hostile string into each; returns them."""
    for act in ("update", "delete"):
        db.session.execute(db.text(f"DROP TRIGGER IF EXISTS timeline_no_{act}"))
    strings, used = payloads(random.Random(seed)), []
    for column in typed_columns():
        keys = list(column.table.primary_key)
        for row in db.session.execute(db.select(*keys, column.label("typed"))).all():
            if not row.typed:
                continue
            words = next(strings)[: getattr(column.type, "length", None) or 200]
            used.append(words)
            value = dict.fromkeys(("zh", "ug", "en"), words) if isinstance(column.type, JSON) else words
            mine = [key == given for key, given in zip(keys, row, strict=False)]
            db.session.execute(db.update(column.table).where(*mine).values({column.name: value}))
    for case in db.session.scalars(db.select(contacts.Case).where(contacts.Case.contact.has())):
        contacts.seal_contact(case, {"name": next(strings), "phone": next(strings)[:40], "share_with_unit": True})
    db.session.commit()
    db.session.expire_all()
    return used


def addresses(site: dict) -> dict[str | None, list[str]]:
    """The pages of each person on which what was typed may stand."""
    cases = [f"/cases/{number}" for number in site["numbers"]]
    papers = [f"{cases[2]}/{paper}" for paper in ("supervision-notice", "handover-slip", "answer-sheet", "resident")] + [
        f"{cases[3]}/escalation-report"
    ]
    lists = [
        "/desk",
        "/ledger",
        "/ledger/print",
        "/month",
        "/suggestions",
        f"/suggestions/{site['suggestion']}",
        "/rounds",
        "/slips",
        "/posters",
    ]
    return {
        "chair": [*lists, *cases, *papers, "/cases/new", "/phones", "/telephone", "/account"],
        "deputy": ["/field", "/field/new", *cases, "/ledger", "/suggestions/new"],
        "unit": ["/desk", *cases, f"/suggestions/{site['suggestion']}"],
        "unit2": ["/desk", *cases],
        "county": ["/desk", "/ledger", cases[3]],
        "admin": [
            "/people",
            "/people/1",
            "/people/4",
            "/places",
            "/places/units",
            "/places/units/1",
            "/places/stations/1",
            "/places/limits",
        ],
        None: [*(f"/s/{code}?lang=en" for code in site["codes"]), "/station/square", "/reports", "/sign-in"],
    }
