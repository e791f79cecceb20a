"""What the station has of rounds."""

from fieldapp.activities.round import Round
from fieldapp.database import db


def rounds() -> list[Round]:
    return list(db.session.scalars(db.select(Round).order_by(Round.id)))
