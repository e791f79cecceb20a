"""Without a phone: the desk finds a case by its slip's serial and reads out the
public words, nothing else."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import answers
from fieldapp.access import only
from fieldapp.public import seen
from fieldapp.public.blueprint import public
from fieldapp.slips.codes import find, find_serial
from fieldapp.slips.signs import is_mistyped


@public.post("/telephone")
@only("clerk", "chair")
def called():
    """By POST: who types the code instead of the number leaves it in no log."""
    typed = request.form.get("serial", "").strip()[:80]
    slip = find(typed) or find_serial(typed)
    if slip:
        return redirect(url_for("public.telephone", serial=slip.serial), 303)
    return _show(typed, None)


@public.get("/telephone")
@only("clerk", "chair")
def telephone():
    typed = request.args.get("serial", "").strip()[:40]
    return _show(typed, find_serial(typed) if typed else None)


def _show(typed, slip):
    case = slip.case if slip and slip.book.township_id == current_user.area_id else None
    return answers.answer(
        "public/telephone.html",
        "public/telephone.html",
        typed=typed,
        case=case,
        sheet=seen.read_out(case, seen.chosen()) if case else None,
        wanted=seen.chosen(),
        trouble=_trouble(typed, slip, case),
    )


def _trouble(typed, slip, case) -> str | None:
    if not typed or case:
        return None
    if slip is None and is_mistyped(typed):
        return _("A digit of this number is mistyped. Please ask for it once more.")
    if slip is None or slip.book.township_id != current_user.area_id:
        return _("No slip of this township has this number.")
    return _("This slip has no matter yet: the deputy has it and will upload it when back in signal.")
