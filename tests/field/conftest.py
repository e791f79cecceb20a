import pytest

from tests.field.phone import Phone


@pytest.fixture
def phone(visit):
    """``phone("deputy2")`` is that deputy's phone."""

    def of(account: str = "deputy", lang: str = "en") -> Phone:
        return Phone(visit(account, lang))

    return of
