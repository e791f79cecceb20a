"""Finding a case by its words, and nobody by a number of theirs."""

import pytest

from fieldapp.cases import search


def found(visit, words, account="chair") -> str:
    answer = visit(account).get("/ledger", query_string={"q": words})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("number", ["13800138000", "１３８００１３８０００", "138 0013 8000"])
def test_nobody_is_looked_up_by_a_telephone_number(app, cast, visit, number):
    case = cast.logs(narrative=f"请打 {number}")
    page = found(visit, number)
    assert case.number not in page and "Nobody is looked up" in page


def test_two_chinese_characters_find_the_case(app, cast, visit):
    case, other = cast.logs(narrative="三号条田水渠淤堵"), cast.logs(narrative="路灯不亮")
    page = found(visit, "水渠")
    assert case.number in page and other.number not in page


def test_one_character_finds_it_too(app, cast, visit):
    case = cast.logs(narrative="门口路灯")
    assert case.number in found(visit, "灯")


def test_characters_apart_are_not_a_word(app, cast, visit):
    case = cast.logs(narrative="水很少，渠很长")
    assert case.number not in found(visit, "水渠")


@pytest.mark.parametrize("words", ["ئېرىق", "ئېرى", "ئېرىـق"])
def test_an_uyghur_word_its_beginning_and_its_stretched_form_find_the_case(app, cast, visit, words):
    case = cast.logs(narrative="ئېرىق توسۇلۇپ قالدى")
    assert case.number in found(visit, words)


def test_letters_of_other_keyboards_are_the_same_letters():
    assert search.fold("كيتاب ه") == search.fold("کىتاب ە")


def test_the_number_finds_one(app, cast, visit):
    case, other = cast.logs(), cast.logs()
    page = found(visit, case.number)
    assert f"/cases/{case.number}" in page and f"/cases/{other.number}" not in page


def test_a_summary_written_later_is_found(app, cast, visit):
    case = cast.logs(narrative="水不来")
    cast.does("chair", case, "summary", summary="斗渠需要衬砌")
    assert case.number in found(visit, "衬砌")


def test_a_deputy_does_not_find_anothers_case(app, cast, visit):
    case = cast.logs("deputy2", narrative="斗渠垮塌")
    assert case.number not in found(visit, "斗渠", "deputy")
