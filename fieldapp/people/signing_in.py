"""Signing in and out: who it is, and the session that begins."""

from dataclasses import dataclass
from datetime import timedelta

from flask import request, session
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select

from fieldapp import journal
from fieldapp.database import db
from fieldapp.people import browsers, passwords, second_factor, sessions, tries
from fieldapp.people.device import Device
from fieldapp.people.person import Person
from fieldapp.people.tries import Subject

# Time to find the device with the second factor.
HALF_WAY = timedelta(minutes=5)


@dataclass(frozen=True)
class Outcome:
    """``person`` where all was right; else ``wait`` in seconds, or which field is wrong."""

    person: Person | None = None
    wait: int = 0
    wrong: str = ""


def subjects(account: str, known: str | None = None) -> list[Subject]:
    """Guessers are slowed by account and by address; a browser in which the
    account was signed in before is counted by itself, so that a guesser
    elsewhere does not keep its owner out, nor does a village behind one address."""
    account = account.strip().casefold()
    if known:
        return [Subject("browser", f"{account} {known}", free=5, longest=300)]
    address = request.remote_addr or ""
    return [
        Subject("pair", f"{account} {address}", free=5, longest=300),
        Subject("account", account, free=30, longest=30),
        Subject("address", address, free=200, longest=5),
    ]


def sign_in(account: str, password: str, code: str, known: str | None = None) -> Outcome:
    """Judges a name, a password and, where it is on, a second factor."""
    counted = subjects(account, known)
    wait = tries.wait(counted)
    if wait:
        return Outcome(wait=wait)
    written = tries.begin(counted)
    person = _half_way(account) if code and not password else recognise(account, password)
    if person is None:
        return Outcome(wrong="password")
    if person.totp_sealed:
        session["half_way"] = browsers.signed("half-way", person.account, person.password_hash[-16:])
    if person.totp_sealed and not code:
        return _right(Outcome(wrong="code_missing"), written, counted)
    if person.totp_sealed and not second_factor.accepts(person, code):
        return Outcome(wrong="code")
    return _right(Outcome(person), written, counted)


def _right(outcome: Outcome, written: list[int], counted: list[Subject]) -> Outcome:
    """A right password alone does not wipe out the wrong codes after it."""
    tries.strike_out(written)
    if outcome.person:
        tries.forgive(counted[0])
    db.session.commit()
    return outcome


def recognise(account: str, password: str) -> Person | None:
    """The active person of this account name and password."""
    known = db.session.execute(select(Person.id, Person.password_hash).where(Person.account == account.strip().casefold())).first()
    # The hash takes its time; no lock is held meanwhile.
    db.session.rollback()
    if not passwords.matches(known and known.password_hash, password):
        return None
    person = db.session.get(Person, known.id)
    return person if person and person.active and person.password_hash == known.password_hash else None


def _half_way(account: str) -> Person | None:
    """The person whose password was right a moment ago in this browser."""
    mark = browsers.read("half-way", session.get("half_way"), account, HALF_WAY)
    person = db.session.scalar(select(Person).where(Person.account == account.strip().casefold())) if mark else None
    return person if person and person.active and person.password_hash.endswith(mark) else None


def welcome(person: Person, device: Device | None = None) -> None:
    """Begins a new session: nothing of the one before it lives on. On an
    enrolled phone the PIN stands for the password."""
    if current_user.is_authenticated:
        sessions.revoke(current_user.token)
    session.clear()
    person.token, person.device = sessions.begin(person, device), device
    db.session.commit()
    # A deputy's phone stays signed in when the browser is closed.
    session.permanent = person.role == "deputy"
    if device:
        session["phone"] = True
    elif person.password_given:
        session["password_given"] = True
    login_user(person)


def leave(token: str) -> None:
    sessions.revoke(token)
    db.session.commit()
    logout_user()
    session.clear()


def doubt(person: Person, password: str) -> str | None:
    """Why this may not be the owner of the account; None where the password is right."""
    counted = subjects(person.account)[:1]
    wait = tries.wait(counted)
    if wait:
        return _("Too many wrong tries. Please wait %(seconds)s seconds; then your right password works.", seconds=wait)
    written = tries.begin(counted)
    password_hash = person.password_hash
    db.session.rollback()
    if not passwords.matches(password_hash, password):
        return _("This is not your present password.")
    tries.strike_out(written)
    db.session.commit()
    return None


def replace_password(person: Person, password: str) -> None:
    """The owner's new password; all sessions end, and a new one begins here."""
    password_hash = passwords.digest(password)
    person.password_hash, person.password_given = password_hash, False
    sessions.revoke_all(person)
    journal.record(f"person:{person.id}", "password", person)
    welcome(person)
