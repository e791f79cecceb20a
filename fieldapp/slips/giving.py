"""Which slip a person means, and whether they may give it."""

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from fieldapp.database import db
from fieldapp.slips.codes import find_serial, is_near, is_open_for, issued
from fieldapp.slips.signs import code_in, is_mistyped
from fieldapp.slips.slip import Slip


class Unusable(Exception):
    """This slip cannot be given; ``sentence`` says why, in the reader's language."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def give(slip: Slip, case) -> None:
    """The slip leads to this case from now on; the caller commits. Of two who
    give it at the same moment the later one's request is made again."""
    blank = update(Slip.__table__).where(Slip.id == slip.id, Slip.case_id.is_(None))
    if not db.session.execute(blank.values(case_id=case.id)).rowcount:
        raise StaleDataError("The slip was given meanwhile.")
    set_committed_value(slip, "case_id", case.id)
    set_committed_value(slip, "case", case)
    set_committed_value(case, "slip", slip)


def slip_for(person, text: str, *, case=None) -> Slip:
    """The blank slip behind a code, a whole address or a serial.

    A slip that ``case`` holds already is found again. Raises Unusable for a
    slip that is mistyped, unknown, of another township, another deputy's,
    revoked, or in use.
    """
    slip = issued(text) if code_in(text) else find_serial(text)
    if slip is None and is_mistyped(text):
        raise Unusable(_("A digit of the slip's number is wrong. Please compare it with the slip."))
    if slip is None or not is_near(slip, person):
        raise Unusable(_("We do not know this slip. Please compare the number or the code with the slip."))
    if slip.revoked_at is not None:
        raise Unusable(_("This slip was revoked. Please take another one."))
    if slip.case_id is not None and not (case is not None and slip.case_id == case.id):
        raise Unusable(_("This slip is already in use. Please take the next one."))
    if not is_open_for(slip, person):
        raise Unusable(_("This slip is from another deputy's book. Please take one of your own or of a station."))
    return slip
