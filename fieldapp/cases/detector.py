"""Finds telephone and identity-card numbers that slipped into free text.

Mainland numbers: mobile (GB numbering plan, 11 digits from 13 to 19), landline
with area code, identity card of 18 (GB 11643-1999, with its check digit);
written plain, full-width, in Chinese numerals, spaced or hyphenated.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

NUMERALS = {
    character: str(digit)
    for digit, characters in enumerate(("〇零○Ｏ", "一壹幺弌", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for character in characters
}
SEPARATORS = set("-.·•_/()（）[]‐‑‒–—―−﹣－．・‧⁃~～")
SHORTEST = 7  # a landline without its area code
IDENTITY = 18
LONGEST = 22  # 0086 and an identity number
WIDEST_GAP = 6

MOBILE = re.compile(r"(?:0{0,2}86)?0?1[3-9]\d{9}")
AREA = r"(?:10|2\d|[3-9]\d\d)"
LANDLINE = re.compile(rf"(?:0{AREA}|(?:0{{0,2}}86)0?{AREA})\d{{7,8}}")
LOCAL = re.compile(r"[2-9]\d{6,7}")
# What else a number begins with, so that few places of a text are looked at closely.
BEGINS = re.compile(rf"{MOBILE.pattern}|{LANDLINE.pattern}|[1-9]\d{{5}}(?:1[89]|20)\d\d[01]\d[0-3]\d{{4}}[\dX]")
SAYS_TELEPHONE = re.compile(
    r"(?:电话|座机|固话|手机|联系方式|打给|tel|phone|call|تېلېفون|نومۇر)\W{0,4}(?:是|号|号码|为)?\W{0,2}$",
    re.IGNORECASE,
)
DATE = r"(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}"
CASE_NUMBER = r"20\d\d-\d{4,6}"
# Dates and case numbers, not within a mobile number such as 138-2026-0142.
HARMLESS = re.compile(rf"(?<!\d)(?<!\d[-.])(?<!1[3-9]\d )(?:{CASE_NUMBER}(?:[ ,]{CASE_NUMBER})*|{DATE})(?!\d|[-.]\d)")
ROUND_SUM = re.compile(r"\s*(?:元|块|万|亿|吨|公斤|千克|yuan|RMB|kg)", re.IGNORECASE)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"

Group = tuple[int, int, str]


def suspicious(text: str) -> list[str]:
    """The passages, as written, that look like a telephone or identity number."""
    plain = HARMLESS.sub(lambda found: "," * len(found[0]), text)
    found: list[str] = []
    for run in _runs(plain):
        start = 0
        while start < len(run):
            end = _longest_number(text, run, start)
            if end is None:
                start += 1
                continue
            found.append(text[run[start][0] : run[end][1]])
            start = end + 1
    return found


def _longest_number(text: str, run: list[Group], start: int) -> int | None:
    """The last group of the longest number that begins with this group."""
    begin = run[start][0]
    announced = SAYS_TELEPHONE.search(text[max(0, begin - 16) : begin]) is not None
    if not announced and not BEGINS.match("".join([group[2] for group in run[start : start + LONGEST]])):
        return None
    digits, best = "", None
    for end in range(start, len(run)):
        digits += run[end][2]
        if len(digits) > LONGEST or "X" in digits[: IDENTITY - 1]:
            break
        if len(digits) >= SHORTEST and _is_number(digits, announced, text[run[end][1] : run[end][1] + 4]):
            best = end
    return best


def _is_number(digits: str, announced: bool, after: str) -> bool:
    if is_identity(digits):
        return True
    if digits.endswith("000") and ROUND_SUM.match(after):
        return False
    if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits):
        return True
    return announced and LOCAL.fullmatch(digits) is not None


def is_identity(digits: str) -> bool:
    """An identity number whose birthday exists and whose check digit holds
    (ISO 7064, MOD 11-2)."""
    if len(digits) != IDENTITY or not re.fullmatch(r"[1-9]\d{16}[\dX]", digits):
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
    return digits[17] == CHECKS[total % 11]


def _runs(text: str) -> Iterator[list[Group]]:
    """Digits that follow each other with little between, as groups of (start,
    end, digits); a group ends where a separator or another script begins."""
    run: list[Group] = []
    last, script = -WIDEST_GAP - 2, ""
    for place, character in enumerate(text):
        digit, kind = _digit(character)
        if kind == "numeral" and text[place - 1 : place] == "第":
            digit = ""
        if digit == "X" and not run:
            digit = ""
        if digit:
            if run and last == place - 1 and kind == script:
                begin, _end, digits = run[-1]
                run[-1] = (begin, place + 1, digits + digit)
            else:
                run.append((place, place + 1, digit))
            last, script = place, kind
        elif run and not (_separates(character) and place - last <= WIDEST_GAP):
            yield run
            run, script = [], ""
    if run:
        yield run


def _digit(character: str) -> tuple[str, str]:
    """The digit a character stands for and its kind, or two empty words."""
    if character in NUMERALS:
        return NUMERALS[character], "numeral"
    value = unicodedata.digit(character, None)
    if value is not None:
        return str(value), "digit"
    if character in "xXｘＸ×":
        return "X", "check"
    return "", ""


def _separates(character: str) -> bool:
    return character in SEPARATORS or character.isspace() or unicodedata.category(character) == "Cf"
