"""The status: the only record of a case that a resident's page is drawn from.

What is not a field here cannot reach the page: the resident's own words, the
contact, the name of anyone who handled the case, notes, single looks by name.
"""

from datetime import date
from typing import NamedTuple

from fieldapp import language
from fieldapp.cases import contacts, guards, joining, phrases, sentences
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.cases.move import Resident
from fieldapp.cases.moves import open_moves
from fieldapp.cases.outcome import Answer
from fieldapp.language import gettext as _
from fieldapp.people import mandates

CROWD = 5
STEPS = ("logged", "confirmed", "handed_over", "accepted", "answered", "settled")


class Reply(NamedTuple):
    """One answer the resident may read. ``words`` is in ``written``; ``None``
    of the page's own language means that somebody explains it."""

    heading: str
    words: str
    written: str
    fits: bool
    promised: str
    on: str
    photos: tuple[int, ...]


class Status(NamedTuple):
    """Where a matter stands, in the reader's language."""

    category: str
    category_code: str
    village: str
    serial: str
    sentence: str
    together: str
    deadline: str
    is_late: bool
    next: str
    step: int | None
    step_line: str
    replies: tuple[Reply, ...]
    asks_verdict: bool
    solved: bool | None
    rating: str | None
    asks_rating: bool
    acts: tuple[str, ...]
    head: str
    story: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    call: str
    phone: str


def of(case: Case) -> Status:
    """Of a merged case: where the joint case stands and its answers, and what this slip's holder said of them."""
    joint = case.joint
    spoken_of = guards.judged_answer(case)
    verdict = spoken_of.verdict_of(case.id) if spoken_of and spoken_of.is_visible else None
    acts = tuple(move.name for move in open_moves(case, Resident()))
    lines = sentences.told(case)
    days = language.days([line.at for line in lines])
    story = [(day, line.sentence) for day, line in zip(days, lines, strict=True) if line.name != "contact_look"]
    looks = [f"{line.sentence} {day}" for day, line in zip(days, lines, strict=True) if line.name == "contact_look"]
    step = _step(joint)
    call, phone = _whom_to_call(case)
    return Status(
        category=case.category.name,
        category_code=case.category.code,
        village=case.village.name,
        serial=case.slip.serial if case.slip else case.number,
        sentence=phrases.standing(joint),
        together=_together(case),
        deadline=phrases.deadline(joint),
        is_late=phrases.is_late(joint),
        next=phrases.next_step(joint, verdict),
        step=step,
        step_line=phrases.step(step, STEPS[step - 1]) if step else "",
        replies=_replies(joint),
        asks_verdict="verdict" in acts and joint.state in ("answered", "settled") and verdict is None,
        solved=verdict.solved if verdict else None,
        rating=verdict.rating if verdict else None,
        asks_rating="rating" in acts and verdict is not None and verdict.rating is None,
        acts=acts,
        head=str(len(lines)),
        story=tuple(story),
        known=(*_known(case, bool(looks)), *looks),
        call=call,
        phone=phone,
    )


def _known(case: Case, opened: bool) -> list[str]:
    """Whether name and telephone are known, and who may open them."""
    contact = case.contact
    if contact is None:
        forgotten = _("We no longer know your name or your telephone number.")
        return [forgotten if opened else _("We do not know your name or your telephone number.")]
    sealed = _(
        "Your name and telephone are sealed, and erased on %(day)s at the latest. "
        "They are opened only with a reason, and you read it here each time.",
        day=language.day(contacts.forgotten_at(case)),
    )
    said = [sealed, _who_may_open(contact)]
    return said if opened else [*said, _("Nobody has opened them.")]


def _who_may_open(contact: Contact) -> str:
    """As guards.may_open_contact has it."""
    if contact.chair_only:
        return _("Only the chair of the congress may open them, as you wished.")
    if contact.share_with_unit:
        return _("Those who handle your matter may open them, and so may the unit: you agreed to that.")
    return _("Those who handle your matter may open them; the unit may not.")


def _whom_to_call(case: Case) -> tuple[str, str]:
    """The deputy or who followed, else the office: in words, and by which number."""
    deputy = mandates.in_office(case.deputy, case.township)
    if deputy and deputy.phone:
        return _("Questions? Call %(who)s", who=deputy.name), deputy.phone
    return _("Questions? Call the congress office"), case.township.phone


def _together(case: Case) -> str:
    """Others are spoken of where they are too many to be guessed."""
    if case.state == "merged":
        return _("Your matter is handled together with others like it.")
    return _("Others raised it too.") if joining.supporters(case) >= CROWD else ""


def _step(case: Case) -> int | None:
    """1 to 6; None where the case left the way."""
    return STEPS.index(case.state) + 1 if case.state in STEPS else None


def _replies(case: Case) -> tuple[Reply, ...]:
    """The answers, newest first; instead of them, where a resident was sent."""
    if case.state != "guided":
        return tuple(_reply(answer) for answer in reversed(case.answers) if answer.is_visible)
    written = language.of_words(case.guided_to)
    fits, on = written == language.current(), language.day(case.ended_at)
    return (Reply(_("Please go to:"), case.guided_to, written, fits, promised="", on=on, photos=()),)


def _reply(answer: Answer) -> Reply:
    wanted = language.current()
    words = answer.words(wanted)
    return Reply(
        heading=phrases.answered(answer),
        words=words or answer.text,
        written=wanted if words else answer.language,
        fits=words is not None,
        promised=_promised(answer.promised),
        on=language.day(answer.at),
        photos=tuple(photo.id for photo in answer.photos if photo.verified_at),
    )


def _promised(day: date | None) -> str:
    return _("Promised by %(day)s.", day=language.date(day)) if day else ""
