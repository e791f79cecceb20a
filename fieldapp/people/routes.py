"""Signing in, signing out, and the home of each role."""

from flask import Blueprint, redirect, request, session
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.access import public, signed_in
from fieldapp.answers import answer, done
from fieldapp.people import browsers, devices, signing_in
from fieldapp.people.forms import CODE_WANTED, SignIn
from fieldapp.people.returning import local
from fieldapp.people.signing_in import Outcome

people = Blueprint("people", __name__)

HOMES = {"deputy": "/field", "admin": "/people"}


def home_of(person) -> str:
    return HOMES.get(person.role, "/desk")


@people.get("/")
@signed_in
def home():
    return redirect(home_of(current_user), 302)


@people.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    if request.method == "POST":
        return _enter(SignIn())
    return _page(SignIn(next=request.args.get("next")), kept="kept" in request.args)


def _enter(form: SignIn):
    if not form.validate():
        return _page(form, 422)
    outcome = signing_in.sign_in(form.name.data, form.password.data, form.code.data, browsers.known(form.name.data))
    if outcome.person is None:
        return _refusal(form, outcome)
    signing_in.welcome(outcome.person)
    return browsers.remember(done(local(form.next.data) or home_of(outcome.person)), outcome.person)


def _page(form: SignIn, status: int = 200, **context):
    enrolled = any(device.is_enrolled for device in devices.of_browser())
    context = {
        "enrolled": enrolled,
        "kept": False,
        "wait": 0,
        "half_way": bool(session.get("half_way") and form.is_submitted()),
        "typed": [],
        **context,
    }
    return answer("people/sign_in.html", "people/_sign_in.html", status, form=form, **context)


def _refusal(form: SignIn, outcome: Outcome):
    """The form again with its sentence; a pause says how long it lasts."""
    if outcome.wait:
        response = _page(form, 429, wait=outcome.wait)
        response.headers["Retry-After"] = str(outcome.wait)
        return response
    if outcome.wrong == "code_missing":
        form.code.errors = [CODE_WANTED]
    elif outcome.wrong == "code":
        form.code.errors = [_("This code is wrong or was used before. Please give the one your device shows now.")]
    else:
        session.pop("half_way", None)
        form.password.errors = [_("Account name and password do not belong together.")]
    return _page(form, 422)


@people.post("/sign-out")
@public
def sign_out():
    is_phone = bool(session.get("phone"))
    if current_user.is_authenticated:
        signing_in.leave(current_user.token)
    return browsers.tell_whose(done("/field/unlock" if is_phone else "/sign-in"), None)
