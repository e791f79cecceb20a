"""Who signs in: routes, and the session behind a request."""

from flask import Flask
from flask_login import LoginManager

from fieldapp.people import sessions
from fieldapp.people.person import Mandate, Membership, Person
from fieldapp.people.session import Failure, Session

__all__ = ["Failure", "Mandate", "Membership", "Person", "Session"]

login = LoginManager()


def init_app(app: Flask) -> None:
    login.init_app(app)
    login.user_loader(sessions.find)
