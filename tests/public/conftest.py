"""A matter as a resident fills it in."""

import pytest


@pytest.fixture
def matter(cast):
    return {
        "category": cast.category("roads").id,
        "village": cast.area("v02").id,
        "narrative": "路面坑洼，下雨走不了。",
        "website": "",
        "share": "no",
    }
