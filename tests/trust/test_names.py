"""On the pages that need no account nobody of the house is named but the deputy, by the published name and number."""

from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.public import stations_holder
from fieldapp.slips.codes import code_of, pool_for
from tests.cast import ACCOUNTS
from tests.trust.planting import lived

LANGUAGES = ("zh", "ug", "en")


def test_the_deputy_alone_is_named_to_the_public(app, cast, visit):
    site = lived(cast)
    cases = [cast.brings(state) for state in ("logged", "handed_over", "accepted", "answered", "settled", "merged")]
    for case, slip in zip(cases, pool_for(cast["deputy"])[5:], strict=False):
        slip.case = case
    for person in db.session.scalars(db.select(Person)):
        person.names = dict.fromkeys(LANGUAGES, f"zq-{person.account}-name")
        person.phone = f"0998-777-{person.id:04d}"
    db.session.commit()
    named = {account: cast[account].phone for account in ACCOUNTS}
    pages = {f"/s/{code}" for code in (*site["codes"], *(code_of(case.slip) for case in cases))}
    pages |= {"/station/square", "/reports", f"/deputy/{stations_holder.code_of(cast['deputy'])}", "/sign-in", "/healthz"}
    seen = set()
    for page in sorted(pages):
        for language in LANGUAGES:
            words = visit(lang=language).get(f"{page}?lang={language}&all=1").text
            seen |= {account for account, phone in named.items() if f"zq-{account}-name" in words or phone in words}
    assert seen == {"deputy"}
