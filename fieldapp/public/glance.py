"""A glance at a slip: what tells, by one look-up, whether its page has changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.cases.joining import others_of
from fieldapp.database import midnight, now
from fieldapp.places.edition import NUMBER
from fieldapp.reading import Prepared
from fieldapp.slips.codes import LIVES
from fieldapp.slips.slip import Slip

# Buttons go when their thirty days are over; that may take so long to be seen.
LASTS = timedelta(minutes=5)


def marked(*columns):
    """A select of a slip by its look-up: first its marks, then these columns.
    Whatever changes a page has a mark here; each act changes ``head``."""
    joined = aliased(Case)
    return (
        select(
            Slip.revoked_at,
            Case.version,
            Case.head,
            joined.version.label("joint_version"),
            joined.head.label("joint_head"),
            Contact.erase_at,
            Contact.share_with_unit,
            Contact.chair_only,
            others_of(Case.id).label("others"),
            NUMBER.scalar_subquery().label("edition"),
            *columns,
        )
        .select_from(Slip)
        .outerjoin(Case, Case.id == Slip.case_id)
        .outerjoin(joined, joined.id == Case.joined_id)
        .outerjoin(Contact, Contact.case_id == Case.id)
        .where(Slip.lookup == bindparam("lookup"))
    )


MARKS = Prepared(marked)
# So many columns of a marked select are its marks.
MARKED = 10


@dataclass(frozen=True, slots=True)
class Glance:
    """``lookup`` finds the slip, ``marks`` change with the page, and at ``until``
    the page changes by itself."""

    lookup: str
    marks: tuple
    until: datetime


def changes_at(case: Case | None) -> datetime:
    """The next moment at which the page of this case may read otherwise though
    nobody acts: midnight, an answer that becomes visible, the end of the code."""
    moments = [midnight(), now() + LASTS]
    if case:
        moments += [answer.visible_at for answer in case.joint.answers if not answer.is_visible]
        moments += [case.over_at + LIVES] if case.over_at else []
    return min(moments)
