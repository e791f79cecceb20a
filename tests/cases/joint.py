"""Two deputies' cases of one village in like words, the first merged into the second."""

from datetime import timedelta

from fieldapp.database import today


def merged(cast, state="confirmed", into="confirmed", **fields):
    case, joined = cast.brings(state, **fields), cast.brings(into, by="deputy2")
    cast.does("chair", case, "merge", joined=joined)
    return case, joined


def finish(cast, joined):
    """The joint case through its unit to an answer that residents may read."""
    cast.does("chair", joined, "handover", unit=cast.unit(), due=today() + timedelta(days=9), summary="渠道淤堵，需要清淤。")
    cast.does("unit", joined, "acceptance", officer=cast["unit"])
    answer(cast, joined)


def answer(cast, joined, letter="A"):
    given = {"class": letter, "text": "渠道已清淤，水已通。", "language": "zh", "promised": today() + timedelta(days=30)}
    cast.does("unit", joined, "answer", **given)
    cast.does("chair", joined, "release")


def settle(cast, joined):
    cast.does("resident", joined, "verdict", solved=True)
    cast.does("chair", joined, "inspection", note="ok")
    cast.does("chair", joined, "settlement")
