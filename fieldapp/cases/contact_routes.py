"""The one door to a resident's contact: a reason, an entry, then the page."""

from flask import abort, render_template
from flask_login import current_user

from fieldapp.access import only
from fieldapp.cases import contacts, forms
from fieldapp.cases.blueprint import cases
from fieldapp.cases.pages import reached, refuse, show
from fieldapp.cases.performing import Refused, perform
from fieldapp.database import db, now


@cases.post("/cases/<number>/contact")
@only("deputy", "clerk", "chair", "unit")
def contact(number):
    """The look is committed to the timeline before a byte of the contact is
    read. A re-sent form looks again, with an entry of its own, or carries an
    old mark and is refused."""
    case = reached(number)
    form = forms.sent("contact_look", case, current_user)
    if not form.validate():
        db.session.rollback()
        return show(case, {"contact_look": form}, status=422)
    try:
        perform(case, "contact_look", current_user, form.given(), version=form.version.data or "")
        known = contacts.open_contact(case)
    except Refused as refused:
        return refuse(number, "contact_look", form, refused)
    except contacts.Forgotten:
        abort(404)
    return render_template("cases/contact.html", number=number, known=known, viewer=current_user.name, seen_at=now())
