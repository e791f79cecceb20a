"""The acts under the table of moves: each sets the facts of its move."""

from fieldapp.cases.acts.facts import iso, keep
from fieldapp.cases.performing import make as make_case_move
from fieldapp.database import db, now, today
from fieldapp.series import next_in
from fieldapp.suggestions import term
from fieldapp.suggestions.moves import TABLE
from fieldapp.suggestions.sponsoring import congresses_of
from fieldapp.suggestions.suggestion import FromCase, Opinion, Reply, Sponsor, Suggestion
from fieldapp.workflow import enter


def begin(deputy, *, title: str, text: str, congress=None, cases=(), once=None) -> Suggestion:
    """Begins a suggestion, from cases where it grew from them; the caller commits."""
    year = today().year
    area = congress or congresses_of(deputy)[0]
    suggestion = keep(
        Suggestion(
            year=year,
            sequence=next_in(f"S{year}"),
            area_id=area.id,
            lead_id=deputy.id,
            title=title,
            text=text,
            began_at=now(),
            state="draft",
        )
    )
    db.session.add(Sponsor(suggestion_id=suggestion.id, person_id=deputy.id, position=0, signed_on=today()))
    facts = {"cases": [case.id for case in cases]}
    enter(suggestion, TABLE.rows("draft")[0], deputy, {"facts": facts}, before=None, once=once)
    for case in cases:
        db.session.add(FromCase(suggestion_id=suggestion.id, case_id=case.id))
        make_case_move(case, "suggestion", deputy, {"suggestion": suggestion})
    db.session.flush()
    return suggestion


def text(suggestion, actor, given):
    suggestion.title, suggestion.text = given["title"], given["text"]
    return {}


def invitation(suggestion, actor, given):
    person = given["person"]
    suggestion.sponsors.append(Sponsor(person_id=person.id, position=len(suggestion.sponsors)))
    return {"facts": {"person": person.id}}


def signature(suggestion, actor, given):
    suggestion.sponsor(actor).signed_on = today()
    return {}


def submission(suggestion, actor, given):
    suggestion.submitted_on = today()
    return {}


def handover(suggestion, actor, given):
    hard = given["months"] == term.MONTHS_IF_HARD
    suggestion.unit_id, suggestion.handed_over_on, suggestion.talked_on = given["unit"].id, today(), None
    suggestion.hard = given.get("reason", "") if hard else ""
    suggestion.due = term.after(today(), given["months"])
    return {"note": suggestion.hard, "facts": _where(suggestion)}


def correction(suggestion, actor, given):
    suggestion.submitted_on = None
    return {"note": given["reason"]}


def talk(suggestion, actor, given):
    suggestion.talked_on = given["talked_on"]
    return {"note": given.get("note", ""), "facts": {"talked_on": iso(suggestion.talked_on)}}


def reply(suggestion, actor, given, *, recorded=False):
    row = keep(
        Reply(
            suggestion_id=suggestion.id,
            unit_id=suggestion.unit_id,
            author_id=actor.id,
            recorded=recorded,
            letter=given["class"],
            promised=given.get("promised"),
            text=given["text"],
            language=given["language"],
            talked_on=suggestion.talked_on,
            untalked=given.get("untalked", ""),
            on=today(),
        )
    )
    suggestion.reply_id = row.id
    db.session.expire(suggestion, ["reply", "replies"])
    return {"facts": {"unit": suggestion.unit_id, "class": row.letter, "promised": iso(row.promised)}}


def paper_reply(suggestion, actor, given):
    return reply(suggestion, actor, given, recorded=True)


def return_(suggestion, actor, given):
    left = suggestion.unit_id
    suggestion.unit_id = suggestion.due = suggestion.handed_over_on = None
    return {"note": given["reason"], "facts": {"unit": left}}


def more_time(suggestion, actor, given):
    suggestion.hard = given["reason"]
    suggestion.due = term.after(suggestion.handed_over_on, term.MONTHS_IF_HARD)
    return {"note": given["reason"], "facts": _where(suggestion)}


def urge(suggestion, actor, given):
    return {"note": given.get("note", ""), "facts": {"unit": suggestion.unit_id}}


def opinion(suggestion, actor, given):
    row = Opinion(person_id=actor.id, rating=given["rating"], note=given.get("note", ""), on=today())
    suggestion.reply.opinions.append(row)
    return {"note": row.note, "facts": {"rating": row.rating}}


def again(suggestion, actor, given):
    """Not satisfied: handled again within a month."""
    suggestion.again += 1
    suggestion.handed_over_on, suggestion.talked_on = today(), None
    suggestion.due = term.after(today(), term.MONTHS_AGAIN)
    return {"facts": _where(suggestion)}


def closing(suggestion, actor, given):
    suggestion.closed_on = today()
    return {}


def withholding(suggestion, actor, given):
    suggestion.withheld = given["reason"]
    return {"note": given["reason"]}


def publication(suggestion, actor, given):
    suggestion.withheld = ""
    return {}


def withdrawal(suggestion, actor, given):
    return {"note": given["reason"]}


def _where(suggestion):
    return {"unit": suggestion.unit_id, "due": iso(suggestion.due)}


ACTS = {
    "text": text,
    "invitation": invitation,
    "signature": signature,
    "submission": submission,
    "handover": handover,
    "correction": correction,
    "talk": talk,
    "reply": reply,
    "paper_reply": paper_reply,
    "return": return_,
    "more_time": more_time,
    "urge": urge,
    "opinion": opinion,
    "again": again,
    "closing": closing,
    "closing_unheard": closing,
    "withholding": withholding,
    "publication": publication,
    "withdrawal": withdrawal,
}
