"""One case on a page of its own, and the door for every move on it."""

from flask import abort, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import answers
from fieldapp.access import may_visit, only
from fieldapp.cases import (
    accountable,
    activity,
    assistance,
    assisting_order,
    choosing,
    clock_faces,
    forms,
    lookback,
    orders,
    returning,
    sentences,
    supervision,
    together,
)
from fieldapp.cases import papers as paper_records
from fieldapp.cases.asking import typed_words
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import SOURCES, Case
from fieldapp.cases.clocks import light_of
from fieldapp.cases.entering import PAPER_WORDS
from fieldapp.cases.moves import MOVES, open_moves
from fieldapp.cases.outcome import CHANNELS, Amendment
from fieldapp.cases.performing import Refused, perform
from fieldapp.cases.work_order import WorkOrder
from fieldapp.database import db
from fieldapp.people.person import Person
from fieldapp.places import edition
from fieldapp.places.kinds import KINDS
from fieldapp.places.place import Area, Category, Unit

STAFF = ("deputy", "clerk", "chair", "unit", "county")
ON_THE_PAGE = frozenset(move.name for move in MOVES if move.leaving) - {"contact_look", "suggestion", "blur"}


def reached(number: str) -> Case:
    """The case, where it exists for the person signed in; else 404."""
    case = db.session.scalar(Case.reachable_by(current_user).where(Case.number == number))
    return case or abort(404)


@cases.get("/cases/<number>")
@only(*STAFF)
def case(number):
    case = reached(number)
    places = [(Area, case.township_id), (Area, case.village_id), (Category, case.category_id), (Unit, case.unit_id)]
    edition.at_hand(*places, *((Person, person) for person in (case.deputy_id, case.author_id, case.officer_id)))
    return show(case)


@cases.post("/cases/<number>/<name>")
@only(*STAFF)
def move(number, name):
    if name not in ON_THE_PAGE:
        abort(404)
    case = reached(number)
    form = forms.sent(name, case, current_user)
    return _make(case, name, form)


def _make(case: Case, name: str, form: forms.MoveForm):
    number = case.number
    if not form.validate():
        db.session.rollback()
        return show(case, {name: form}, status=422)
    try:
        perform(case, name, current_user, form.given(), version=form.version.data or "", once=form.once.data or None)
    except Refused as refused:
        return refuse(number, name, form, refused)
    if db.session.scalar(Case.reachable_by(current_user).where(Case.number == number)) is None:
        return answers.done(url_for("cases.desk"), _("Done. The case is no longer with you."))
    return answers.done(url_for("cases.case", number=number), _("Done."))


def refuse(number: str, name: str, form: forms.MoveForm, refused: Refused):
    """The page as it is now, with one sentence and everything typed."""
    db.session.rollback()
    case = reached(number)
    form.renew(case, current_user)
    return show(case, {name: form}, status=409, refusal=refused.sentence)


def show(case: Case, typed: dict | None = None, *, status: int = 200, refusal: str | None = None):
    """The case as this person may see it, with a form for each move open now."""
    typed = typed or {}
    moves = open_moves(case, current_user)
    # A photo's own door stands beside the photo.
    doors = [(move, typed.get(move.name) or forms.blank(move.name, case, current_user)) for move in moves if move.name != "blur"]
    kept = [text for name, form in typed.items() if name not in {door.name for door, _form in doors} for text in typed_words(form)]
    common = {"doors": doors, "opened": set(typed), "refusal": refusal, "kept": kept}
    if current_user.role == "unit":
        order = orders.of(case, current_user) or abort(404)
        page = "work_order" if isinstance(order, WorkOrder) else "assisting_order"
        return answers.answer(f"cases/{page}.html", f"cases/_{page}.html", status, order=order, **common)
    return answers.answer(
        "cases/case.html",
        "cases/_case.html",
        status,
        case=case,
        lines=sentences.timeline(case, current_user),
        light=light_of(case),
        clocks=clock_faces.of(case),
        photos=choosing.photos(case),
        blurs=any(move.name == "blur" for move in moves),
        together=together.of(case, current_user, [move for move, _form in doors]),
        answers=case.answers if case.joint is case else [answer for answer in case.joint.answers if answer.is_visible],
        lookbacks=lookback.of(case),
        amendments=amendments(case),
        assisting=assistance.present(case),
        opinions=assisting_order.opinions(case),
        returned=returning.last(case),
        accountable=accountable.of(case),
        supervisions=[paper_records.supervised(row) for row in supervision.of(case)],
        papers={
            "supervision": may_visit("cases.supervision_notice") and bool(case.supervised and case.unit_id),
            "handover": may_visit("cases.handover_slip") and bool(case.unit_id and case.handed_over_at),
            "escalation": may_visit("cases.escalation_report") and case.level == "county",
        },
        sources=SOURCES,
        outing=activity.name_of(case.activity) if case.activity else None,
        outing_url=url_for("activities.round", code=case.activity) if case.activity and may_visit("activities.round") else None,
        kinds=KINDS,
        channels=CHANNELS,
        paper_words=PAPER_WORDS,
        **common,
    )


def amendments(case: Case) -> list[Amendment]:
    return list(db.session.scalars(db.select(Amendment).where(Amendment.case_id == case.id)))
