"""The desk's forms, filled in as a browser sends them: every field, hidden ones too."""

import pytest

from tests.reader import visit as go

MATTER = {"narrative": "渠道淤堵，浇不上水。", "kind": "difficulty"}


@pytest.fixture
def desk(cast, visit):
    browser = visit("clerk")

    def enters(address: str, **typed):
        form = go(browser, address).form("/new" if address.endswith("new") else "/carry-over")
        places = {
            "deputy_id": str(cast["deputy"].id),
            "category": str(cast.category().id),
            "village": str(cast.area("v01").id),
        }
        return browser.post(address, data={**form.values, **MATTER, **places, **typed})

    return enters


def test_a_matter_without_its_source_is_refused_beside_the_field(desk):
    answer = desk("/cases/new")
    assert answer.status_code == 422 and "Please choose one." in answer.text


def test_a_matter_by_telephone_is_put_on_record(desk):
    answer = desk("/cases/new", source="telephone")
    assert answer.status_code == 303 and "/cases/" in answer.location


def test_an_open_matter_of_the_paper_ledger_is_carried_over(cast, desk):
    answer = desk("/cases/carry-over", summary="渠道淤堵。", unit=str(cast.unit().id), due="2099-12-04")
    assert answer.status_code == 303 and "/cases/" in answer.location


def test_no_village_is_chosen_before_somebody_chooses(desk):
    answer = desk("/cases/new", source="telephone", village="")
    assert answer.status_code == 422 and 'id="village-error"' in answer.text


def test_only_words_that_hold_a_number_ask_whether_to_keep_it(desk):
    assert 'name="knows"' not in desk("/cases/new", source="telephone", narrative="").text
    assert 'name="knows"' in desk("/cases/new", source="telephone", narrative="请打13912345678").text
