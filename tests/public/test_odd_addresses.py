"""A slip's address as programs for chatting and people spoil it: the page opens,
and what is said on it arrives."""

import re

import pytest

from fieldapp import journal


@pytest.mark.parametrize("spoilt", ["{0}%3Flang=ug", "{0}%3Flang=ug?lang=en", "/s/https%3A%2F%2Felsewhere.example{0}", "{0}%23now", "{0}/"])
@pytest.mark.parametrize("low", [False, True])
def test_the_forms_of_a_page_at_a_spoilt_address_arrive(cast, visit, slip_of, spoilt, low):
    case = cast.brings("accepted")
    path = slip_of(case)
    browser, address = visit(), spoilt.format(path.lower() if low else path)
    page = browser.get(address, follow_redirects=True).get_data(as_text=True)
    actions = re.findall(r'<form method="post" action="([^"]+)"', page)
    assert actions and all(action.startswith(f"{path}/") for action in actions)
    remark = next(action for action in actions if "/remark" in action)
    head = re.search(r'name="head" value="([^"]+)"', page)[1]
    reply = browser.post(remark, data={"head": head, "remark": "水还没来。"})
    assert reply.status_code == 303
    assert reply.location.startswith(f"{path}?lang=")
    assert journal.of(case.thing)[-1].act == "remark"
