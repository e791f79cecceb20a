"""A deputy's phone as the server meets it: records, sending, photos, sealing."""

import base64
import hashlib
import io
import json
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from PIL import Image

from fieldapp.cases import jwe
from fieldapp.cases.case import Case
from fieldapp.cases.intake import new_key
from fieldapp.database import db


def a_record(**other) -> dict:
    return {
        "id": new_key(),
        "slip": None,
        "serial": None,
        "narrative": "三号条田渠道淤堵，浇不上水。",
        "summary": "",
        "category": "water",
        "village": "v01",
        "kind": "difficulty",
        "activity": None,
        "on_the_spot": None,
        "anonymous": False,
        "sealed_contact": None,
        "captured_at": "2026-11-22T09:30:00+08:00",
        "attachments": [],
        **other,
    }


def a_photo(seed: int = 0, size=(640, 480)) -> bytes:
    """A JPEG that differs with its seed, and is too noisy to be small."""
    picture = Image.frombytes("RGB", (64, 48), hashlib.shake_128(str(seed).encode()).digest(64 * 48 * 3)).resize(size)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90)
    return file.getvalue()


def declare(*photos: bytes) -> list[dict]:
    return [{"sha256": sha(photo), "bytes": len(photo), "type": "image/jpeg"} for photo in photos]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def seal(words: dict, jwk: dict, **header) -> str:
    """A JWE as the phone's WebCrypto makes it."""
    own = ec.generate_private_key(ec.SECP256R1())
    head = _b64(json.dumps({"alg": "ECDH-ES", "enc": "A256GCM", "epk": jwe.public_jwk(own), **header}).encode())
    key = jwe.derive(own.exchange(ec.ECDH(), jwe._public(jwk)), "A256GCM", 256, b"", b"")
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, json.dumps(words).encode(), head.encode())
    return ".".join([head, "", _b64(nonce), _b64(sealed[:-16]), _b64(sealed[-16:])])


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def cases() -> list[Case]:
    return list(db.session.scalars(db.select(Case)))


class Phone:
    """A signed-in client that holds the session's token."""

    def __init__(self, client):
        self.client = client
        self.session = client.get("/field/session").get_json()
        self.token = self.session["csrf_token"]

    def sync(self, record, token: str | None = None, named: bool = True):
        text = record if isinstance(record, bytes) else json.dumps(record).encode()
        part = (io.BytesIO(text), "case.json", "application/json") if named else text
        return self.client.post("/field/sync", data={"case": part}, headers={"X-CSRF-Token": token or self.token})

    def put(self, photo: bytes, start: int = 0, end: int | None = None, name: str | None = None, total: int | None = None, **headers):
        end = len(photo) if end is None else end
        headers = {"X-CSRF-Token": self.token, "Content-Range": f"bytes {start}-{end - 1}/{total or len(photo)}", **headers}
        return self.client.put(f"/field/attachments/{name or sha(photo)}", data=photo[start:end], headers=headers)

    def offset(self, photo: bytes) -> int:
        return int(self.client.head(f"/field/attachments/{sha(photo)}").headers["Upload-Offset"])
