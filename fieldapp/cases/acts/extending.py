"""Asking for more time, and what whoever holds the level says to it."""

from fieldapp.cases.acts.clock import move_clock
from fieldapp.cases.acts.facts import iso, keep
from fieldapp.cases.extension import Extension, open_of
from fieldapp.database import now


def extension(case, actor, given):
    keep(
        Extension(
            case_id=case.id,
            unit_id=case.unit_id,
            until=given["until"],
            reason=given["reason"],
            asked_by_id=actor.id,
            asked_at=now(),
        )
    )
    return {"note": given["reason"], "facts": {"unit": case.unit_id, "until": iso(given["until"])}}


def extension_grant(case, actor, given):
    asked = _decide(case, actor, True, given.get("note", ""))
    return {"note": asked.answer, "facts": {"unit": case.unit_id, **move_clock(case, due=asked.until)}}


def extension_refusal(case, actor, given):
    asked = _decide(case, actor, False, given["reason"])
    return {"note": asked.answer, "facts": {"unit": case.unit_id, "until": iso(asked.until)}}


def due_date(case, actor, given):
    return {"note": given["reason"], "facts": move_clock(case, due=given["due"])}


def _decide(case, actor, granted: bool, answer: str) -> Extension:
    asked = open_of(case)
    asked.granted, asked.answer, asked.decided_by_id, asked.decided_at = granted, answer, actor.id, now()
    return asked


ACTS = {
    "extension": extension,
    "extension_grant": extension_grant,
    "extension_refusal": extension_refusal,
    "due_date": due_date,
}
