"""Signing in and out: who it is, and the session that begins."""

from flask import session
from flask_login import login_user, logout_user
from sqlalchemy import select

from fieldapp.database import db
from fieldapp.people import passwords, sessions
from fieldapp.people.person import Person


def recognise(name: str, password: str) -> Person | None:
    """The active person of this account name and password."""
    person = db.session.scalar(select(Person).where(Person.account == name.strip()))
    if passwords.matches(person and person.password_hash, password) and person.active:
        return person
    return None


def welcome(person: Person) -> None:
    """Begins a new session: nothing of the one before it lives on."""
    session.clear()
    person.token = sessions.begin(person)
    db.session.commit()
    # A deputy's phone stays signed in when the browser is closed.
    session.permanent = person.role == "deputy"
    login_user(person)


def leave(token: str) -> None:
    sessions.revoke(token)
    db.session.commit()
    logout_user()
    session.clear()
