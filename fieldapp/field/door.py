"""The door of a deputy's phone: enrolled by a code from the office, opened by a PIN."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, ValidationError

from fieldapp.access import public
from fieldapp.answers import done
from fieldapp.field.blueprint import field
from fieldapp.people import browsers, devices, enrolling, pins
from fieldapp.people.device import MOST_WRONG
from fieldapp.people.returning import local


class ChosenPin(FlaskForm):
    pin = StringField(_l("PIN of your choice"))
    again = StringField(_l("The same PIN once more"))

    def __init__(self, phone: str):
        self.phone = phone
        super().__init__()

    def validate_pin(self, field):
        if objection := pins.objection(field.data, self.phone):
            raise ValidationError(objection)

    def validate_again(self, field):
        if pins.digits_of(field.data) != pins.digits_of(self.pin.data):
            raise ValidationError(_("The two PINs differ."))


class GivenPin(FlaskForm):
    device = HiddenField()
    pin = StringField(_l("Your PIN"))
    next = HiddenField()


@field.route("/field/enrol/<token>", methods=["GET", "POST"])
@public
def enrol(token):
    """The address in the QR code; reading it changes nothing."""
    person = enrolling.invited(token)
    if person is None:
        return render_template("field/enrol.html", person=None, form=None, wechat=False), 404
    form = ChosenPin(person.phone)
    if form.validate_on_submit():
        enrolled = enrolling.enrol(token, pins.digits_of(form.pin.data))
        if enrolled is None:
            return render_template("field/enrol.html", person=None, form=None, wechat=False), 404
        device, secret = enrolled
        return browsers.tell_whose(devices.keep_cookie(done(url_for("field.home")), device, secret), device.person)
    page = render_template("field/enrol.html", person=person, form=form, wechat="MicroMessenger" in request.user_agent.string)
    return page, 422 if form.is_submitted() else 200


@field.route("/field/unlock", methods=["GET", "POST"])
@public
def unlock():
    """Asks for the PIN; without an enrolled phone, for the password."""
    known = devices.of_browser()
    form = GivenPin(next=request.args.get("next"))
    back = local(form.next.data) or url_for("field.home")
    enrolled = [device for device in known if device.is_enrolled]
    if not known:
        return redirect(url_for("people.sign_in", next=back), 303)
    device = _chosen(enrolled, form.device.data)
    if not form.is_submitted() or not form.validate() or device is None:
        return _page(form, enrolled, device)
    if devices.opens(device, form.pin.data or ""):
        devices.enter(device)
        return browsers.tell_whose(done(back), device.person)
    if device.is_enrolled:
        form.pin.errors = [_("This is not your PIN. Tries left: %(n)s.", n=MOST_WRONG - device.wrong)]
    return _page(form, [one for one in enrolled if one.is_enrolled], device, 422)


def _page(form, enrolled, device, status: int = 200):
    # Whoever signed out has left; whose session merely ended goes on logging.
    logs = request.cookies.get("who", "0") != "0"
    return render_template("field/unlock.html", form=form, enrolled=enrolled, chosen=device, logs=logs), status


def _chosen(enrolled, wish: str | None):
    """Whose PIN it is, where deputies share the phone: as asked, else who has the session, else who used it last."""
    present = current_user.device if current_user.is_authenticated else None
    first = present if present in enrolled else (enrolled or [None])[0]
    return next((one for one in enrolled if str(one.id) == wish), first)
