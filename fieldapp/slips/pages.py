"""Books of slips: issuing, printing, and what to do when a slip is lost."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import answers
from fieldapp.access import only
from fieldapp.database import db
from fieldapp.slips import books as shelf
from fieldapp.slips import losing, printing
from fieldapp.slips.blueprint import slips
from fieldapp.slips.codes import find_serial, issued
from fieldapp.slips.signs import code_in, is_mistyped
from fieldapp.slips.slip import Book, Slip

DESK = ("admin", "clerk", "chair")


def reached(number: int) -> Book:
    return db.session.scalar(shelf.reachable_by(current_user).where(Book.number == number)) or abort(404)


def reached_slip(book: int, number: int) -> Slip:
    return next((slip for slip in reached(book).slips if slip.number == number), None) or abort(404)


@slips.get("/slips")
@only(*DESK)
def books():
    return answers.answer("slips/books.html", "slips/_books.html", **_shelf(shelf.IssueForm(current_user)))


@slips.post("/slips")
@only("admin")
def issue():
    form = shelf.IssueForm(current_user)
    if not form.validate_on_submit():
        return answers.answer("slips/books.html", "slips/_books.html", 422, **_shelf(form))
    book = shelf.issue(form, current_user)
    return answers.done(url_for("slips.book", number=book.number), _("Book %(number)s is ready to print.", number=f"{book.number:04d}"))


def _shelf(form) -> dict:
    listed = shelf.listed(current_user, before=request.args.get("before", type=int))
    return {"form": form, "listed": listed, "may_issue": current_user.role == "admin", "missing": None, "sought": ""}


@slips.post("/slips/find")
@only(*DESK)
def search():
    """By POST: a code opens its case, and addresses are written into logs."""
    sought = request.form.get("slip", "").strip()
    slip = issued(sought) if code_in(sought) else find_serial(sought)
    if slip and db.session.scalar(shelf.reachable_by(current_user).where(Book.id == slip.book_id)):
        return redirect(url_for("slips.slip", book=slip.book.number, number=slip.number), 303)
    wrong = _("A digit of the slip's number is wrong. Please compare it with the slip.")
    unknown = _("We do not know this slip. Please compare the number or the code with the slip.")
    missing = wrong if slip is None and is_mistyped(sought) else unknown
    found = _shelf(shelf.IssueForm(current_user)) | {"missing": missing, "sought": sought}
    return answers.answer("slips/books.html", "slips/_books.html", 404, **found)


@slips.get("/slips/<int:number>")
@only(*DESK)
def book(number):
    book = reached(number)
    blank = len(losing.printable(book))
    return render_template("slips/book.html", book=book, state=losing.state, blank=blank, history=losing.history(book))


@slips.post("/slips/<int:number>/sheet")
@only(*DESK)
def sheet(number):
    """By POST: it hands out keys, and stands on record before the first is shown."""
    book = reached(number)
    if book.pool:
        abort(404)
    return _sheet(book, losing.print_blank(book, current_user))


def _sheet(book: Book, chosen: list[Slip]):
    return render_template(
        "slips/sheet.html",
        book=book,
        sheets=printing.sheets(chosen),
        words=printing.words(book),
        marks=printing.cut_marks(),
        phone=printing.phone(book),
        place=printing.place(),
    )


@slips.get("/slips/<int:book>/<int:number>")
@only(*DESK)
def slip(book, number):
    return _show(reached_slip(book, number))


def _show(slip: Slip, refusal: str | None = None, status: int = 200):
    acts = [act for act in losing.ACTS if losing.may(current_user, act, slip)]
    return render_template("slips/slip.html", slip=slip, state=losing.state(slip), acts=acts, refusal=refusal), status


@slips.post("/slips/<int:book>/<int:number>/<any(revocation, reissue, print):act>")
@only(*DESK)
def lose(book, number, act):
    slip = reached_slip(book, number)
    if not losing.may(current_user, act, slip):
        return _show(slip, _("This is not possible now. Nothing was changed."), 409)
    losing.perform(slip, act, current_user, request.form.get("once"))
    if act == "print":
        return _sheet(slip.book, [slip])
    return answers.done(url_for("slips.slip", book=book, number=number), _("Done."))
