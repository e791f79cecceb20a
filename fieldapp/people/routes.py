"""Signing in, signing out, and the home of each role."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.access import public, signed_in
from fieldapp.answers import answer, done
from fieldapp.people import signing_in
from fieldapp.people.forms import SignIn

people = Blueprint("people", __name__)

HOMES = {"deputy": "/field", "admin": "/people"}


def home_of(person) -> str:
    return HOMES.get(person.role, "/desk")


def local(address: str | None) -> str | None:
    """The address if it is a path of this site; never another host's."""
    if not address or not address.startswith("/") or "\\" in address or not address.isprintable():
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc and not address.startswith("//") else None


@people.get("/")
@signed_in
def home():
    return redirect(home_of(current_user), 302)


@people.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    form = SignIn(next=request.args.get("next"))
    if not form.validate_on_submit():
        return answer("people/sign_in.html", "people/_sign_in.html", 422 if form.is_submitted() else 200, form=form)
    person = signing_in.recognise(form.name.data, form.password.data)
    if person is None:
        form.form_errors.append(_("Account name and password do not belong together."))
        return answer("people/sign_in.html", "people/_sign_in.html", 422, form=form)
    signing_in.welcome(person)
    return done(local(form.next.data) or home_of(person))


@people.post("/sign-out")
@public
def sign_out():
    if current_user.is_authenticated:
        signing_in.leave(current_user.token)
    return done("/sign-in")
