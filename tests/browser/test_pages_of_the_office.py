"""What the desk, the chair, the county and the administrator open is open to everybody."""

import pytest

from tests.browser.inspection import everything


@pytest.mark.parametrize("account", ["clerk", "chair", "county", "admin"])
def test_every_page_holds_in_every_language(township, phone, account, tmp_path):
    wrong = everything(phone("zh"), township, account, tmp_path)
    assert not wrong, "\n".join(wrong)
