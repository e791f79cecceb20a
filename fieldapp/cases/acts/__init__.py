"""The acts under the table of moves: each sets the facts of its move.

An act takes the case, the actor and the facts given, and returns what the
timeline keeps: ``note`` and ``facts``. ``perform`` in ``performing`` calls it.
"""

from fieldapp.cases.acts import (
    afterwards,
    answering,
    assisting,
    blurring,
    checking,
    clock,
    extending,
    handing,
    leaving,
    merging,
    resident,
    supervising,
    urging,
)

ACTS = {
    **handing.ACTS,
    **extending.ACTS,
    **clock.ACTS,
    **urging.ACTS,
    **assisting.ACTS,
    **answering.ACTS,
    **checking.ACTS,
    **leaving.ACTS,
    **resident.ACTS,
    **merging.ACTS,
    **afterwards.ACTS,
    **supervising.ACTS,
    **blurring.ACTS,
}
