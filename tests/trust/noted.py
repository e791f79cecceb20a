"""Matters with a word of its own in each note and reason that the house writes down."""

from datetime import timedelta

from fieldapp.cases import contacts, lookback
from fieldapp.database import db, today
from fieldapp.suggestions.performing import perform


def word(name: str) -> str:
    return f"zq-{name}-canary"


def acts(cast, case, *rows) -> None:
    for account, move, given in rows:
        cast.does(account, case, move, **{name: word(said[1:]) if str(said).startswith("!") else said for name, said in given.items()})


def with_unit(cast):
    case, soon = cast.logs(narrative=word("narrative")), today() + timedelta(days=5)
    contacts.seal_contact(case, {"name": "某某", "phone": "0998-000-0171", "share_with_unit": False})
    handed = {"due": today() + timedelta(days=9), "summary": "渠道淤堵，需要清淤。"}
    other = cast.logs("deputy2")
    acts(
        cast,
        case,
        ("deputy", "merge_proposal", {"joined": other}),
        ("chair", "merge_refusal", {"reason": "!apart"}),
        ("chair", "handover", {**handed, "unit": cast.unit("roads"), "note": "!handover"}),
        ("unit2", "return", {"reason": "!return"}),
        ("chair", "handover", {**handed, "unit": cast.unit(), "note": "!handover"}),
        ("unit", "acceptance", {"officer": cast["unit"]}),
        ("chair", "urge", {"note": "!urge"}),
        ("unit", "extension", {"until": today() + timedelta(days=20), "reason": "!extension"}),
        ("chair", "extension_refusal", {"reason": "!refusal"}),
        ("chair", "due_date", {"due": today() + timedelta(days=12), "reason": "!duedate"}),
        ("chair", "supervision", {"reason": "!supervision", "report_due": soon}),
        ("unit", "report", {"report": "!report"}),
        ("chair", "report_reply", {"reply": "!reply"}),
        ("chair", "assistance", {"units": [cast.unit("far")], "due": soon, "asked": "!letgo"}),
        ("chair", "assistance_end", {"unit": cast.unit("far"), "reason": "!letgo"}),
        ("chair", "assistance", {"units": [cast.unit("roads")], "due": soon, "asked": "!asked"}),
        ("clerk", "contact_look", {"reason": "!look"}),
        ("resident", "remark", {"remark": "!remark"}),
    )
    return case


def with_opinion(cast):
    case = cast.brings("handed_over", narrative=word("narrative"))
    cast.does("chair", case, "assistance", units=[cast.unit("roads")], due=today() + timedelta(days=5), asked="请提意见")
    cast.does("unit2", case, "opinion", text=word("opinion"), language="zh")
    return case


def done_again(cast):
    case = cast.brings("answered", narrative=word("narrative"))
    acts(
        cast, case, ("deputy", "release", {}), ("deputy", "inspection", {"note": "!inspection"}), ("chair", "rework", {"reason": "!rework"})
    )
    return case


def struck_off(cast):
    case = cast.brings("answered", narrative=word("narrative"))
    acts(
        cast,
        case,
        ("deputy", "release", {}),
        ("clerk", "feedback", {"channel": "call", "told_on": today(), "note": "!feedback"}),
        ("resident", "verdict", {"solved": True}),
        ("chair", "settlement", {"uninspected": "!uninspected"}),
    )
    found = lookback.of(case)[0]
    found.due = today()
    acts(cast, case, ("clerk", "lookback", {"lookback": found, "result": "holds", "note": "!lookback"}))
    return case


def went_elsewhere(cast):
    guided, withdrawn, up = (cast.logs(narrative=word("narrative")) for _n in range(3))
    acts(cast, guided, ("deputy", "guidance", {"where": "!where", "why": "!guidance"}))
    acts(cast, withdrawn, ("deputy", "withdrawal", {"reason": "!withdrawal"}))
    acts(cast, up, ("chair", "escalation", {"opinion": "!escalation"}), ("county", "advice", {"advice": "!advice"}))
    acts(cast, up, ("chair", "escalation", {"opinion": "!escalation"}))
    return [guided, withdrawn, up]


def formal(cast, suggestion) -> None:
    db.session.commit()
    for account, move, given in (
        ("deputy", "submission", {}),
        ("chair", "correction", {"reason": word("correction")}),
        ("deputy", "submission", {}),
        ("chair", "handover", {"unit": cast.unit(), "months": 3}),
        ("chair", "urge", {"note": word("prompt")}),
        ("chair", "withholding", {"reason": word("withholding")}),
    ):
        perform(suggestion, move, cast[account], given)
