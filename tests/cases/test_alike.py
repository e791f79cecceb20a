"""Likely copies: in Chinese and in Uyghur, and within reach alone."""

from datetime import timedelta

import pytest

from fieldapp.cases import alike
from fieldapp.cases.alike import LIKE, likeness, traits
from fieldapp.database import clock_at, now


@pytest.mark.parametrize(
    "one, other",
    [
        ("小麦收割期，条田渠道淤堵，浇不上水。", "三号条田的渠道堵住了，麦子浇不上水，请尽快清淤"),
        ("极端天气影响牲畜转场，牧道不通。", "下大雪牧道不通，牛羊转场过不去"),
        ("三号条田渠道淤堵，浇不上水。", "渠道淤堵"),
        ("ئۈچىنچى ئېتىزنىڭ ئۆستىڭى توسۇلۇپ قېلىپ، سۇ كەلمەيۋاتىدۇ.", "ئۆستەڭ توسۇلۇپ قالدى، ئېتىزغا سۇ كەلمىدى، تازىلاپ بەرسەڭلار"),
        ("چارۋا يولى ئېتىلىپ قالدى، ماللارنى كۆچۈرەلمەيۋاتىمىز", "يول ئېتىلىپ قالغان، چارۋىنى كۆچۈرگىلى بولمايۋاتىدۇ"),
        ("ﺋﯚﺳﺘﻪڭ ﺗﻮﺳﯘﻟﯘپ ﻗﺎﻟﺪﻯ", "ئۆستەڭ توسۇلۇپ قالدى"),
    ],
)
def test_the_same_matter_in_other_words_is_alike(one, other):
    assert likeness(traits(one), traits(other)) >= LIKE


@pytest.mark.parametrize(
    "one, other",
    [
        ("三号条田渠道淤堵，浇不上水。", "学校上课时间集镇放鞭炮，影响学生。"),
        ("路灯不亮", "路面不平"),
        ("希望多办农业技术培训，增加收入。", "芝麻等订单农业卖不出去，希望帮助企业和农户对接。"),
        ("ئۆستەڭ توسۇلۇپ قالدى", "مەكتەپ يېنىدا پوجاڭزا ئېتىلىدۇ"),
        ("", "三号条田渠道淤堵"),
        ("水", "水"),
        ("，。！", "？"),
    ],
)
def test_another_matter_is_not(one, other):
    assert likeness(traits(one), traits(other)) < LIKE


def test_only_open_cases_of_the_village_and_category_close_in_time_are_offered(cast):
    with clock_at(now() - timedelta(days=61)):
        cast.logs()
    for fields in ({"village_id": cast.area("v02").id}, {"category_id": cast.category("roads").id}):
        cast.logs(**fields)
    cast.brings("withdrawn"), cast.brings("settled")
    case, copy = cast.logs(), cast.logs()
    assert [like.number for like in alike.to(case, cast["chair"])] == [copy.number]


def test_a_deputy_is_offered_own_cases_alone_and_a_stranger_none(cast):
    case, own, others = cast.logs(), cast.logs(), cast.logs("deputy2")
    assert [like.number for like in alike.to(case, cast["deputy"])] == [own.number]
    assert {like.number for like in alike.to(case, cast["chair"])} == {own.number, others.number}
    assert not alike.to(case, cast["stranger"]) and not alike.to(case, cast["county"])


def test_the_likest_comes_first_after_what_was_proposed(cast):
    case = cast.logs(narrative="三号条田渠道淤堵，浇不上水。")
    far, near = cast.logs(narrative="渠道淤堵，麦田浇水难，请派人来看"), cast.logs(narrative="三号条田渠道淤堵浇不上水")
    assert [like.number for like in alike.to(case, cast["chair"])] == [near.number, far.number]
    cast.does("deputy", case, "merge_proposal", joined=far)
    assert [like.proposed for like in alike.to(case, cast["chair"])] == [True, False]


def test_at_most_five_are_shown_of_many(cast):
    case = cast.logs()
    for _n in range(8):
        cast.logs()
    assert len(alike.to(case, cast["chair"])) == alike.SHOWN
