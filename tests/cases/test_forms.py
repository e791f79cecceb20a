"""What the forms of the moves refuse beside their fields."""

from tests.reader import send
from tests.reader import visit as go


def test_a_telephone_number_does_not_reach_the_unit_with_a_rework(cast, visit):
    case = cast.brings("answered")
    chair = visit("chair")
    refused = send(chair, go(chair, f"/cases/{case.number}"), "/rework", reason="打给13899998888问问")
    assert refused.status == 422 and "telephone or ID number" in refused.text
    assert "13899998888" not in go(visit("unit"), f"/cases/{case.number}").html
