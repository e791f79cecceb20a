"""Who signs in: routes, and the session behind a request."""

from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask_login import LoginManager

from fieldapp.access import wants_json
from fieldapp.answers import wants_region
from fieldapp.people import sessions
from fieldapp.people.person import Mandate, Membership, Person
from fieldapp.people.routes import people
from fieldapp.people.session import Failure, Session

__all__ = ["Failure", "Mandate", "Membership", "Person", "Session"]

login = LoginManager()


def init_app(app: Flask) -> None:
    login.init_app(app)
    login.user_loader(sessions.find)
    login.unauthorized_handler(ask_to_sign_in)
    app.register_blueprint(people)


def ask_to_sign_in():
    """A browser goes to the sign-in page and comes back; the phone's queue
    hears one JSON word and keeps what it has."""
    if wants_json():
        return jsonify(error="sign_in"), 401
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    address = "/sign-in" + (f"?{urlencode({'next': here})}" if here and here != "/" else "")
    if wants_region():
        return "", 401, {"HX-Redirect": address}
    return redirect(address, 303)
