"""Who signs in: routes, and the session behind a request."""

from flask import Flask
from flask_login import LoginManager

from fieldapp.people import account, administration, commands, phones, sessions
from fieldapp.people.device import Device, Enrolment
from fieldapp.people.person import Mandate, Membership, Person
from fieldapp.people.returning import ask_to_sign_in
from fieldapp.people.routes import people
from fieldapp.people.session import Failure, Session
from fieldapp.places import edition

__all__ = ["Device", "Enrolment", "Failure", "Mandate", "Membership", "Person", "Session", "account", "administration", "phones"]

login = LoginManager()


def init_app(app: Flask) -> None:
    login.init_app(app)
    login.user_loader(sessions.find)
    login.unauthorized_handler(ask_to_sign_in)
    # A session is known by its token and ends with it; which browser it is of
    # would only make it less "fresh", which nothing asks for.
    login.session_protection = None
    app.register_blueprint(people)
    app.cli.add_command(commands.person)
    edition.watch(Mandate, Membership)
    edition.watch(Person, hidden=("password_hash", "totp_sealed"))
