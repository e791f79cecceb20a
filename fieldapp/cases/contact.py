"""The sealed contact of a case. It is opened through ``contacts`` alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import UTCTime, db


class Contact(db.Model):
    """Name and telephone, sealed under a key of this case's own which lies
    outside the database; erasing destroys that key."""

    __tablename__ = "contact"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    share_with_unit: Mapped[bool] = mapped_column(default=False)
    chair_only: Mapped[bool] = mapped_column(default=False)
    erase_at: Mapped[datetime] = mapped_column(UTCTime, index=True)

    case = relationship("Case", back_populates="contact")
