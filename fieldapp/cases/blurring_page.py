"""A photo under a grid of squares: those that are chosen are made unreadable for good."""

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectMultipleField, ValidationError

from fieldapp import answers, journal
from fieldapp.access import only
from fieldapp.cases import blurring, choosing, pictures
from fieldapp.cases.asking import MoveForm
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.blueprint import cases
from fieldapp.cases.moves import TABLE
from fieldapp.cases.pages import reached
from fieldapp.cases.pages import show as show_case
from fieldapp.cases.performing import Refused, perform
from fieldapp.database import db


class BlurForm(MoveForm):
    squares = SelectMultipleField(_l("Squares to hide"), coerce=int)

    def offer(self, photo: Attachment) -> None:
        self.squares.choices = [(number, "") for number in range(blurring.COLUMNS * blurring.rows_of(photo))]

    def validate_squares(self, field):
        if not field.data:
            raise ValidationError(_l("Choose at least one square."))


@cases.get("/cases/<number>/photos/<int:id>/blur")
@only("deputy", "clerk", "chair")
def blur(number, id):
    case = reached(number)
    photo = _photo(case, id)
    if TABLE.open_move(case, current_user, "blur") is None:
        abort(404)
    form = BlurForm(formdata=None)
    form.renew(case, current_user)
    return _show(case, photo, form)


@cases.post("/cases/<number>/photos/<int:id>/blur")
@only("deputy", "clerk", "chair")
def blurred(number, id):
    """Whoever sends the same form twice, or after somebody else changed the case,
    has blurred nothing the second time, and what was drawn for it is gone."""
    case = reached(number)
    photo = _photo(case, id)
    form = BlurForm()
    form.offer(photo)
    if not form.validate():
        db.session.rollback()
        return _show(case, photo, form, 422)
    done = answers.done(url_for("cases.blur", number=number, id=id), _("Hidden for good. Look whether anything is still to be seen."))
    if journal.done_already(form.once.data):
        return done
    before, drawn = photo.file or "", blurring.blur(photo, form.squares.data or [])
    blurring.note(before)
    try:
        given = {"photo": photo, "drawn": drawn}
        perform(case, "blur", current_user, given, version=form.version.data or "", once=form.once.data or None)
    except Refused as refused:
        db.session.rollback()
        case, photo = reached(number), _photo(case, id)
        if TABLE.open_move(case, current_user, "blur") is None:
            return show_case(case, status=409, refusal=refused.sentence)
        form.renew(case, current_user)
        return _show(case, photo, form, 409, refused.sentence)
    finally:
        db.session.rollback()
        _tidy(before, drawn[0], db.session.get_one(Attachment, id).file)
    return done


def _tidy(before: str, drawn: str, named: str | None) -> None:
    """Of the two pictures, the one that the row does not name goes."""
    if named == drawn:
        blurring.forget(before)
    else:
        blurring.forget(drawn)
        blurring.strike(before)


def _photo(case, id: int) -> Attachment:
    """A photo of this very case that lies on disk; else 404."""
    found = next((photo for photo in choosing.photos(case) if photo.id == id), None)
    return found if found and pictures.path_of(found).is_file() else abort(404)


def _show(case, photo: Attachment, form: BlurForm, status: int = 200, refusal: str | None = None):
    return answers.answer(
        "cases/blur.html",
        "cases/_blur.html",
        status,
        number=case.number,
        photo=photo.id,
        size=(photo.width, photo.height),
        columns=blurring.COLUMNS,
        rows=blurring.rows_of(photo),
        chosen=form.squares.data or [],
        with_unit=case.unit.name if photo.approved and case.unit else None,
        form=form,
        refusal=refusal,
    )
