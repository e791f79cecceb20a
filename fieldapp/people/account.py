"""One's own account: password, second factor, sessions."""

from flask import abort, current_app, jsonify, request, session
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import access, journal
from fieldapp.access import signed_in
from fieldapp.answers import answer, done
from fieldapp.database import db
from fieldapp.people import passwords, second_factor, sessions, signing_in
from fieldapp.people.forms import Confirmation, FactorBegun, NewPassword
from fieldapp.people.routes import people

# Where a person with a password that was given to them may go before choosing one.
BEFORE_ALL = ("people.account", "people.new_password", "people.sign_out")


@people.before_app_request
def own_password_first():
    if not session.get("password_given") or request.endpoint in BEFORE_ALL or not current_user.is_authenticated:
        return None
    roles = access.policy(current_app).get(request.endpoint or "", frozenset({"anyone"}))
    if "anyone" in roles:
        return None
    return (jsonify(error="sign_in"), 401) if access.wants_json() else done("/account")


@people.get("/account")
@signed_in
def account():
    return _page()


def _page(status: int = 200, **forms):
    """The account's page; the form that was wrong stands on it as it was sent."""
    present = sessions.hash_of(current_user.token)
    rows = [(row, row.token_hash == present) for row in sessions.of(current_user)]
    forms = {"password_form": NewPassword(formdata=None), "removal_form": Confirmation(formdata=None, prefix="removal-"), **forms}
    return answer("people/account.html", "people/_account.html", status, sessions=rows, given=session.get("password_given"), **forms)


def _is_confirmed(form) -> bool:
    """Whether the present password is right; a wrong one counts like one at the door."""
    if not form.validate():
        return False
    sentence = signing_in.doubt(current_user, form.current.data)
    form.current.errors = [sentence] if sentence else []
    return not sentence


@people.post("/account/password")
@signed_in
def new_password():
    form = NewPassword()
    if not _is_confirmed(form):
        return _page(422, password_form=form)
    signing_in.replace_password(current_user._get_current_object(), form.new.data)
    return done("/account", _("The new password holds. All other sessions have ended."))


@people.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
def second_factor_begun():
    """Shows a new secret; the first right code switches the second factor on."""
    form = FactorBegun()
    proposal = session.setdefault("proposal", second_factor.proposal(current_user))
    if current_user.totp_sealed or second_factor.unseal(current_user, proposal) is None:
        session.pop("proposal")
        return done("/account")
    if form.validate_on_submit() and _switch_on(form, proposal):
        return done("/account", _("From now on, signing in asks for a code from your device."))
    address, secret = second_factor.address_of(current_user, proposal)
    context = {"form": form, "secret": secret, "picture": second_factor.picture(address)}
    return answer("people/second_factor.html", "people/_second_factor.html", 422 if form.is_submitted() else 200, **context)


def _switch_on(form: FactorBegun, proposal: str) -> bool:
    sealed = second_factor.renewed(current_user, proposal, form.code.data)
    if sealed is None:
        form.code.errors = [_("This code does not fit. Please give the one your device shows now.")]
        return False
    current_user.totp_sealed = sealed
    journal.record(f"person:{current_user.id}", "second_factor_on", current_user)
    session.pop("proposal")
    db.session.commit()
    return True


@people.post("/account/second-factor/removal")
@signed_in
def second_factor_removed():
    form = Confirmation(prefix="removal-")
    if not _is_confirmed(form):
        return _page(422, removal_form=form)
    if passwords.objection(form.current.data, account=current_user.account):
        form.current.errors = [_("Without a second factor the password must have 15 characters. Please choose a longer one first.")]
        return _page(422, removal_form=form)
    current_user.totp_sealed = None
    journal.record(f"person:{current_user.id}", "second_factor_off", current_user)
    db.session.commit()
    return done("/account", _("Signing in asks for your password alone."))


@people.post("/account/sessions/<int:session_id>/revocation")
@signed_in
def session_revoked(session_id: int):
    if session_id not in {row.id for row in sessions.of(current_user)}:
        abort(404)
    sessions.revoke_one(current_user, session_id)
    db.session.commit()
    return done("/account", _("This session has ended."))
