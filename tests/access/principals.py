"""Everybody who may stand before the door: each account, and each circumstance that takes a right away."""

from datetime import date, timedelta

from fieldapp.database import db, now, today
from fieldapp.people import sessions
from fieldapp.people.device import Device
from fieldapp.people.person import Mandate, Membership, Person
from fieldapp.places.place import Area, Unit
from fieldapp.slips.codes import code_of, pool_for

AFTER_HANDOVER = {"handed_over", "accepted", "answered", "settled"}
ALWAYS = {"logged", "confirmed", *AFTER_HANDOVER, "guided", "withdrawn", "merged"}

# In which states a matter of "deputy" in the township "here" exists for them: it went
# to "forest", which returned it, then to "water"; "power" assists.
REACH = {
    "deputy": ALWAYS,
    "clerk": ALWAYS,
    "chair": ALWAYS,
    "unit": AFTER_HANDOVER,
    "head": AFTER_HANDOVER,
    "helper": {"handed_over", "accepted", "answered"},
    "returned": set(),
    "unit2": set(),
    "far_unit": set(),
    "unit_of_none": set(),
    "deputy2": set(),
    "deputy_there": set(),
    "former": set(),
    "county": set(),
    "county2": set(),
    "stranger": set(),
    "clerk_there": set(),
    "admin": set(),
    "blocked": None,
    "idle": None,
    "signed_out": None,
    "phone_lost": None,
    "resident": None,
    None: None,
}
# Those of the cast come with a session of their own; here is what the others are.
ROLES = {
    "head": "unit",
    "helper": "unit",
    "returned": "unit",
    "far_unit": "unit",
    "unit_of_none": "unit",
    "deputy_there": "deputy",
    "former": "deputy",
    "county2": "county",
    "clerk_there": "clerk",
    "blocked": "chair",
    "idle": "chair",
    "signed_out": "chair",
    "phone_lost": "deputy",
}


def arrive(cast) -> None:
    """The rest of the people, their places and units."""
    here, there = cast.area("here"), cast.area("there")
    other = Area(code="elsewhere", kind="county", names={"zh": "别县", "ug": "باشقا ناھىيە", "en": "elsewhere"}, settings={})
    units = {code: Unit(code=code, names={"zh": code, "ug": code, "en": code}, area_id=here.id) for code in ("power", "forest")}
    db.session.add_all([other, *units.values()])
    db.session.flush()
    areas = {"far_unit": there, "deputy_there": there, "county2": other, "clerk_there": there}
    for account, role in ROLES.items():
        names = {"zh": account, "ug": account, "en": account}
        db.session.add(Person(account=account, names=names, role=role, area_id=areas.get(account, here).id))
    db.session.flush()
    members = {"head": cast.unit(), "helper": units["power"], "returned": units["forest"], "far_unit": cast.unit("far")}
    db.session.add_all([Membership(person_id=cast[who].id, unit_id=unit.id, head=who == "head") for who, unit in members.items()])
    day = today() - timedelta(days=400)
    for account, congress, ends in (
        ("deputy_there", there, None),
        ("former", here, today() - timedelta(days=1)),
        ("phone_lost", here, None),
    ):
        db.session.add(Mandate(person_id=cast[account].id, congress_id=congress.id, constituency="1", begins=day, ends=ends))
    db.session.commit()


def a_matter(cast, state: str):
    """In this state, with a history that touched as many people as it could."""
    case = cast.logs("clerk" if state == "logged" else "deputy")
    if state == "merged":
        cast.does("chair", case, "merge", joined=cast.logs("deputy2"))
    if state in ("guided", "withdrawn"):
        cast.does("deputy", case, {"guided": "guidance", "withdrawn": "withdrawal"}[state], where="court", why="law", reason="asked")
    if state in ("confirmed", *AFTER_HANDOVER):
        cast.does("chair", case, "handover", unit=cast.unit("forest"), due=date(2099, 12, 4), summary="渠道淤堵。", assisting=[], asked="")
        cast.does("returned", case, "return", reason="不归我们")
    if state in AFTER_HANDOVER:
        power = [cast.unit("power")]
        cast.does(
            "chair", case, "handover", unit=cast.unit(), due=date(2099, 12, 4), summary="渠道淤堵。", assisting=power, asked="请提意见"
        )
    if state in AFTER_HANDOVER - {"handed_over"}:
        cast.does("unit", case, "acceptance", officer=cast["unit"])
    if state in ("answered", "settled"):
        cast.does("unit", case, "answer", **{"class": "A", "text": "渠道已清淤。", "language": "zh"})
    if state == "settled":
        cast.does("deputy", case, "release")
        cast.does("resident", case, "verdict", solved=True)
        cast.does("deputy", case, "inspection", note="ok")
        cast.does("chair", case, "settlement")
    pool_for(cast["deputy"])[0].case = case
    db.session.commit()
    return case


def stand(visit, cast, who: str | None, case=None):
    """A browser as this principal has it."""
    browser = visit(None if who == "resident" else who)
    if who == "resident":
        assert browser.get(f"/s/{code_of(case.slip)}").status_code == 200
    if who == "blocked":
        cast["blocked"].active = False
    if who in ("idle", "signed_out", "phone_lost"):
        latest = sessions.of(cast[who])[0]
        if who == "idle":
            latest.seen_at = now() - timedelta(minutes=31)
        if who == "signed_out":
            latest.revoked_at = now()
        if who == "phone_lost":
            made = {
                "person_id": cast[who].id,
                "secret_hash": "s",
                "pin_hash": "p",
                "salt": "",
                "hint": "",
                "made_at": now(),
                "seen_at": now(),
            }
            db.session.add(Device(**made, session_id=latest.id, revoked_at=now()))
    db.session.commit()
    return browser
