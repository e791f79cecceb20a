"""Asking units to assist, letting them go, and the opinion they give."""

from fieldapp.cases import assistance
from fieldapp.cases.acts.facts import iso
from fieldapp.cases.assistance import Assistance
from fieldapp.database import db, now


def ask(case, actor, given):
    """``units`` are asked ``asked`` until ``due``; who leads or assists already is not asked again."""
    busy = {case.unit_id, *(row.unit_id for row in assistance.present(case))}
    units = [unit for unit in given["units"] if unit.id not in busy]
    for unit in units:
        db.session.add(
            Assistance(case_id=case.id, unit_id=unit.id, asked=given.get("asked", ""), due=given["due"], by_id=actor.id, at=now())
        )
    db.session.flush()
    facts = {"units": [unit.id for unit in units], "opinion_due": iso(given["due"]), **now_assisting(case)}
    return {"note": given.get("asked", ""), "facts": facts}


def let_go(case, actor, given):
    end(case, {given["unit"].id})
    return {"note": given["reason"], "facts": {"units": [given["unit"].id], **now_assisting(case)}}


def opinion(case, actor, given):
    row = assistance.owed_by(case, actor)
    row.text, row.language, row.author_id, row.opinion_at = given["text"], given["language"], actor.id, now()
    return {"facts": {"unit_assisting": row.unit_id, "language": given["language"]}}


def choose(case, actor, lead_id, given) -> dict:
    """At handover: ``assisting`` are exactly the units beside the lead from now on."""
    wanted = {unit.id: unit for unit in given.get("assisting") or [] if unit.id != lead_id}
    end(case, {row.unit_id for row in assistance.present(case)} - set(wanted))
    kept = {row.unit_id for row in assistance.present(case)}
    new = [unit for unit in wanted.values() if unit.id not in kept]
    if new:
        due = given.get("opinion_due") or min(assistance.latest(case.handed_over_at.date()), case.due)
        ask(case, actor, {"units": new, "asked": given.get("asked", ""), "due": due})
    return now_assisting(case)


def end(case, unit_ids: set[int]) -> None:
    for row in assistance.present(case):
        if row.unit_id in unit_ids:
            row.ended_at = now()
    db.session.flush()


def now_assisting(case) -> dict:
    """The whole set after the act, for the replay; nothing where none was ever asked."""
    return {"assisting": sorted(row.unit_id for row in assistance.present(case))}


ACTS = {"assistance": ask, "assistance_end": let_go, "opinion": opinion}
