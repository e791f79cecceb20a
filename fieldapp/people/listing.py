"""Lists of people, and what was done to one as sentences."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import String, cast, func, or_
from sqlalchemy.orm import selectinload

from fieldapp import journal
from fieldapp.access import ROLES
from fieldapp.database import db
from fieldapp.people.administering import within_reach
from fieldapp.people.person import Membership, Person

SIZE = 50
ACTS = {
    "added": _l("%(who)s added this person."),
    "altered": _l("%(who)s changed: %(what)s."),
    "password": _l("%(who)s chose a new password."),
    "password_given": _l("%(who)s gave a new password; all sessions ended."),
    "sessions_ended": _l("%(who)s ended all sessions."),
    "second_factor_on": _l("%(who)s switched the second factor on."),
    "second_factor_off": _l("%(who)s switched the second factor off."),
    "phone_invited": _l("%(who)s showed a code to enrol a phone."),
    "phone_enrolled": _l("%(who)s enrolled a phone and chose a PIN."),
    "phone_revoked": _l("%(who)s signed a phone out: it must be enrolled again."),
    "phone_closed": _l("A phone was signed out after five wrong PINs."),
    "mandate_added": _l("%(who)s added a mandate."),
    "mandate_passed": _l("%(who)s passed cases and slips on to a successor."),
    "mandate_changed": _l("%(who)s changed the end of a mandate."),
}
WORDS = {
    "names": _l("name"),
    "account": _l("account name"),
    "role": _l("role"),
    "area_id": _l("area"),
    "phone": _l("telephone"),
    "units": _l("units"),
    "heads": _l("head of a unit"),
    "active": _l("may sign in"),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    sentence: str
    name: str
    note: str = ""


def page(admin, asked):
    """A page of the people in reach; ``asked`` may hold q, role, gone and page."""
    query = within_reach(admin).options(selectinload(Person.area), selectinload(Person.memberships).selectinload(Membership.unit))
    words = asked.get("q", "").strip()[:80]
    if words:
        pattern = "%" + words.casefold().replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        names = [func.lower(Person.names[language].as_string()) for language in ("zh", "ug", "en")]
        query = query.where(or_(*[cast(column, String).like(pattern, escape="\\") for column in (Person.account, *names)]))
    if asked.get("role") in ROLES:
        query = query.where(Person.role == asked["role"])
    query = query.where(Person.active.is_(not asked.get("gone")))
    number = asked.get("page", "1")
    number = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return db.paginate(query.order_by(Person.area_id, Person.role, Person.id), page=max(1, number), per_page=SIZE, error_out=False)


def lines(person: Person) -> list[Line]:
    """What was done to this person's account, the latest first."""
    return [
        Line(entry.at, str(ACTS[entry.act]) % {"who": _who(entry), "what": _what(entry)}, entry.act)
        for entry in reversed(journal.of(f"person:{person.id}"))
        if entry.act in ACTS
    ]


def _who(entry) -> str:
    return entry.actor.name if entry.actor else _("The command line")


def _what(entry) -> str:
    return _(", ").join(str(WORDS[name]) for name in entry.facts.get("changed", []) if name in WORDS)
