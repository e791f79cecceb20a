"""Numbers that could betray a resident are found; dates and sums are left alone."""

import random
import time

import pytest

from fieldapp.cases.detector import CHECKS, WEIGHTS, suspicious

INNOCENT = [
    "三号条田渠道淤堵，浇不上水，2026年11月22日起已经三天。",
    "2026-11-22 09:30 在第三村开会",
    "编号 2026-0142，回执单 0312-07",
    "slip 0312-07 2026-11-22",
    "2026-0142 2026-0151 2026-0160",
    "欠款 450,000.00 元，面积 13.5 亩",
    "15000000000元的项目",
    "共 12345 户、3600 人",
    "渠道长 1500 米，宽 2 米，2019 年修的",
    "热线 12345",
    "从8:30到10:00，星期一到五",
    "一三五七九，二四六八",
    "十一月二十二日 一共三百二十一人",
    "GB 50265-2010 第 3.2.1 条",
    "1998-2004 年 300 亩",
    "身份证丢了，电话也没有",
    "ئۇچۇر 2026-يىلى 11-ئاينىڭ 22-كۈنى",
    "3 户 5 人 12 只羊 45 亩地",
    "K23+500 到 K25+750",
    "2026.11.22-2026.12.04",
    "单价 3.65 元 × 1200 公斤 = 4380 元",
    "订单 20261122",
    "110105194912310021",
    "11/22/2026",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_dates_case_numbers_serials_and_sums_are_left_alone(text):
    assert suspicious(text) == []


def test_what_is_found_is_named_as_it_was_written():
    assert suspicious("打 １３８－１２３４－５６７８ 找他，证 11010519491231002x。") == ["１３８－１２３４－５６７８", "11010519491231002x"]
    assert suspicious("电话 6221234") == ["6221234"]


CHINESE = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
WIDE = dict(zip("0123456789X-", "０１２３４５６７８９Ｘ－", strict=True))


def identity(chance) -> str:
    day = f"{chance.randint(1940, 2015)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    body = f"{chance.choice(('6531', '1101', '4403'))}{chance.randint(1, 99):02d}{day}{chance.randint(0, 999):03d}"
    return body + CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]


def mobile(chance) -> str:
    return chance.choice(("", "", "+86", "86-")) + f"1{chance.choice('3456789')}{chance.randint(0, 999_999_999):09d}"


def landline(chance) -> str:
    area = chance.choice(("010", "021", "0991", "0998", "0903", "0371"))
    local = f"{chance.choice('2345678')}{chance.randint(0, 9_999_999 if len(area) == 3 else 999_999):0{7 if len(area) == 3 else 6}d}"
    return area + chance.choice(("-", "", " ")) + local


def written(chance, number: str) -> str:
    match chance.randrange(7):
        case 0:
            return "".join(WIDE.get(sign, sign) for sign in number)
        case 1:
            return "".join(CHINESE.get(sign, sign) for sign in number)
        case 2 | 3:
            cuts = sorted(chance.sample(range(1, len(number)), chance.randint(1, 3)))
            return chance.choice((" ", "-", "－", "　", " - ", "·", ".", "\u200b")).join(
                number[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)
            )
        case 4:
            return " ".join(number)
    return number


def test_of_ten_thousand_generated_numbers_at_least_999_in_a_thousand_are_found():
    chance, missed = random.Random(11), []
    around = [
        ("我叫张三，电话", "，请回电"),
        ("联系 ", " 王五"),
        ("身份证号：", "。"),
        ("", ""),
        ("第3组", "元旦后"),
        ("ئۇنىڭ نومۇرى ", " ئىدى"),
        ("2026-11-22 ", "\n"),
        ("第一", "号"),
    ]
    for n in range(10_000):
        number = written(chance, (identity, mobile, landline)[n % 3](chance))
        before, after = chance.choice(around)
        if not suspicious(before + number + after):
            missed.append(before + number + after)
    assert len(missed) <= 10, (len(missed), missed[:20])


def test_ten_thousand_characters_of_digits_take_no_time():
    begun = time.perf_counter()
    for text in ("1" * 10_000, "1 " * 5000, "-1" * 5000, "一" * 10_000, " " * 10_000, "13" * 5000, "电话" * 5000):
        suspicious(text)
    assert time.perf_counter() - begun < 5
