"""The record a phone sends: contract of POST /field/sync, field by field."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from fieldapp.places.kinds import KINDS

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_ATTACHMENTS = 30
LARGEST = 2**31 - 1
SEALED, COUNTED = "sealed_contact", "attachments"


class Invalid(Exception):
    """The record cannot be kept; ``errors`` says why, field by field."""

    def __init__(self, key: str | None, errors: dict[str, str]):
        super().__init__(", ".join(errors))
        self.key, self.errors = key, errors


@dataclass(frozen=True)
class Declared:
    """A photo that is to follow."""

    sha256: str
    bytes: int
    type: str


@dataclass(frozen=True)
class Record:
    """What a phone sends; texts without NUL, everything else as it was typed."""

    id: str
    slip: str | None
    serial: str | None
    narrative: str
    summary: str
    category: str
    village: str
    kind: str
    activity: str | None
    on_the_spot: str | None
    anonymous: bool
    sealed_contact: str | None
    captured_at: str | None
    attachments: tuple[Declared, ...] = field(default=())

    def words(self) -> dict[str, Any]:
        """Everything but the contact, which is sealed anew at each sending, and
        the list of photos, which may grow."""
        return {name: value for name, value in vars(self).items() if name not in (SEALED, COUNTED)}

    def hash(self) -> str:
        words = json.dumps(self.words(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(words.encode()).hexdigest()


def read(text: bytes) -> Record:
    """The record in this JSON; unknown fields are left aside. Raises Invalid."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(None, {"case": _("The record is damaged. Send it again.")}) from error
    if not isinstance(given, dict):
        raise Invalid(None, {"case": _("The record is damaged. Send it again.")})
    return _Reader(given).record()


class _Reader:
    """Reads field by field and collects a sentence for each that is wrong."""

    def __init__(self, given: dict):
        self.given = given
        self.errors: dict[str, str] = {}

    def record(self) -> Record:
        key = self.key()
        record = Record(
            id=key or "",
            slip=self.text("slip", 400) or None,
            serial=self.text("serial", 40) or None,
            narrative=self.text("narrative", 10_000, needed=_("Please write what it is about.")),
            summary=self.text("summary", 200),
            category=self.text("category", 40, needed=_("Please choose what it is about.")),
            village=self.text("village", 40, needed=_("Please choose the village.")),
            kind=self.kind(),
            activity=self.text("activity", 40) or None,
            on_the_spot=self.text("on_the_spot", 4000) or None,
            anonymous=self.choice("anonymous"),
            sealed_contact=self.text("sealed_contact", 8192) or None,
            captured_at=self.claim("captured_at"),
            attachments=self.attachments(),
        )
        if self.errors:
            raise Invalid(key, self.errors)
        return record

    def key(self) -> str | None:
        value = self.given.get("id")
        if isinstance(value, str) and UUID7.fullmatch(value.lower()):
            return value.lower()
        self.errors["id"] = _("The record has no proper number of its own.")
        return None

    def text(self, name: str, most: int, needed: str | None = None) -> str:
        value = self.given.get(name)
        if value is None:
            value = ""
        if not isinstance(value, str) or not _is_sound(value):
            self.errors[name] = _("This is not text.")
            return ""
        value = value.replace("\0", "")
        if needed and not value.strip():
            self.errors[name] = needed
        elif len(value) > most:
            self.errors[name] = _("This is too long: at most %(most)s characters fit here. Please shorten it; nothing is lost.", most=most)
        return value if value.strip() else ""

    def kind(self) -> str:
        value = self.given.get("kind", "difficulty")
        if isinstance(value, str) and value in KINDS:
            return value
        self.errors["kind"] = _("Please choose one.")
        return ""

    def choice(self, name: str) -> bool:
        value = self.given.get(name, False)
        if not isinstance(value, bool):
            self.errors[name] = _("Please choose yes or no.")
        return value is True

    def claim(self, name: str) -> str | None:
        """Kept as it came, whatever it is: a phone's clock may say anything."""
        value = self.given.get(name)
        if value is None:
            return None
        text = value if isinstance(value, str) else json.dumps(value)
        return text.encode("utf-8", "replace").decode().replace("\0", "")[:40]

    def attachments(self) -> tuple[Declared, ...]:
        value = self.given.get(COUNTED) or []
        if not isinstance(value, list) or not all(_is_declared(one) for one in value):
            self.errors[COUNTED] = _("The list of photos is damaged.")
            return ()
        if len(value) > MOST_ATTACHMENTS:
            self.errors[COUNTED] = _("At most %(most)s photos go with one case.", most=MOST_ATTACHMENTS)
        unique = {one["sha256"]: Declared(one["sha256"], one["bytes"], one["type"]) for one in value}
        return tuple(unique.values())


def _is_declared(one) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("sha256"), str)
        and SHA256.fullmatch(one["sha256"]) is not None
        and type(one.get("bytes")) is int
        and 0 < one["bytes"] <= LARGEST
        and isinstance(one.get("type"), str)
        and len(one["type"]) <= 40
        and one["type"].isascii()
        and one["type"].isprintable()
    )


def _is_sound(text: str) -> bool:
    """Half a surrogate pair cannot be stored anywhere."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
