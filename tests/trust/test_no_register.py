"""The program cannot become a list of who complains: there is no place for it."""

import re
from pathlib import Path

from wtforms import Form
from wtforms.fields.core import UnboundField

from fieldapp.cases.contact import Contact
from fieldapp.database import db
from tests.house.tree import PACKAGE

# In English, pinyin and Chinese: what a person is, is called by the state, believes, or where it has been.
NAMES = """
resident citizen complainant petitioner villager household caller reporter informant blacklist watchlist whitelist
ethnicity ethnic nationality nation religion religious faith party_member politics political loyalty
id_card idcard identity_number id_number passport hukou national_id ssn birthday birth_date born gender sex
fingerprint face_id biometric voiceprint latitude longitude geolocation gps trail track imei mac_address
minzu zongjiao shenfenzheng zhengjian xingbie chusheng zhengzhi jumin xinfang shangfang heimingdan zhongdianren
民族 宗教 信仰 身份证 证件号 性别 出生 政治面貌 户口 居民 信访人 上访 黑名单 重点人 指纹 人脸 声纹 定位 轨迹
"""
FORBIDDEN = frozenset(NAMES.split())
# The clock of what a resident is owed; the officer who reports for a supervised unit.
MEANT = {"resident_limit", "resident_due", "reporter_id"}


def words_of(name: str) -> set[str]:
    """``id_card_number`` is made of id, card, number, and of each neighbouring pair."""
    parts = re.split(r"[_\W]+", name.lower())
    return {"_".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)}


def is_forbidden(name: str) -> bool:
    return name not in MEANT and bool(words_of(name) & FORBIDDEN or re.search("|".join(f for f in FORBIDDEN if not f.isascii()), name))


def forms() -> dict[str, list[str]]:
    found, waiting = {}, [Form]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("fieldapp."):
            found[kind.__name__] = [name for name in dir(kind) if isinstance(getattr(kind, name, None), UnboundField)]
    return found


def test_no_table_column_form_field_or_route_has_a_name_for_what_a_person_is(app):
    named = {table.name: [table.name, *(column.name for column in table.columns)] for table in db.metadata.tables.values()}
    named |= forms()
    named |= {rule.rule: [*rule.rule.strip("/").split("/"), *rule.arguments] for rule in app.url_map.iter_rules()}
    assert len(named) > 150
    names = {place: [name for name in some if is_forbidden(name)] for place, some in named.items()}
    # A page for "what the resident sees": a noun of the route, not a person.
    names["/cases/<number>/resident"] = []
    assert {place: some for place, some in names.items() if some} == {}


def test_the_list_finds_what_it_is_for():
    bad = ["minzu", "id_card_number", "resident_id", "身份证号", "home_longitude", "zongjiao_xinyang", "is_party_member"]
    assert [name for name in bad if not is_forbidden(name)] == []
    assert not is_forbidden("category_id") and not is_forbidden("number")


def test_no_contact_is_searched_listed_or_indexed(app):
    """The rows of contacts are found by their case alone, and nothing but the sealing reads them;
    what was wished of them is told to the holder of the slip, found by its code."""
    assert [column.name for column in Contact.__table__.primary_key] == ["case_id"]
    for table in db.metadata.tables.values():
        assert not [key for key in table.foreign_keys if key.column.table.name == "contact"], table.name
    sources = [(path.name, path.read_text("utf-8")) for path in Path(PACKAGE).rglob("*.py")]
    assert not [name for name, text in sources if re.search(r"\bContact\.sealed|like\(.*[Cc]ontact", text)]
    assert [name for name, text in sources if re.search(r"\bContact\.(share_with_unit|chair_only)", text)] == ["glance.py"]
