"""Opens what a phone sealed: JWE compact serialization (RFC 7516), ECDH-ES on
P-256 with A256GCM (RFC 7518, 4.6 and 5.3). Nothing else is accepted."""

import base64
import binascii
import json

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash

LONGEST = 8192


class Unreadable(ValueError):
    """Not a JWE of this kind, not to this key, or tampered with."""


def decrypt(token: str, key: ec.EllipticCurvePrivateKey) -> bytes:
    """The plaintext. Raises Unreadable."""
    try:
        if len(token) > LONGEST:
            raise Unreadable("too long")
        head, wrapped, nonce, words, tag = token.split(".")
        header = json.loads(_decode(head))
        if header.get("alg") != "ECDH-ES" or header.get("enc") != "A256GCM" or wrapped or {"zip", "crit"} & header.keys():
            raise Unreadable("another kind of JWE")
        secret = key.exchange(ec.ECDH(), _public(header["epk"]))
        content_key = derive(secret, "A256GCM", 256, _decode(header.get("apu", "")), _decode(header.get("apv", "")))
        sealed = _decode(words) + _exactly(16, _decode(tag))
        return AESGCM(content_key).decrypt(_exactly(12, _decode(nonce)), sealed, head.encode("ascii"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error, InvalidTag) as error:
        raise Unreadable(type(error).__name__) from error


def derive(secret: bytes, algorithm: str, bits: int, apu: bytes, apv: bytes) -> bytes:
    """The Concat KDF of RFC 7518, 4.6.2, with SHA-256."""
    named = [_counted(algorithm.encode()), _counted(apu), _counted(apv), bits.to_bytes(4, "big")]
    return ConcatKDFHash(hashes.SHA256(), bits // 8, b"".join(named)).derive(secret)


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict:
    """The public half as a JSON Web Key (RFC 7517)."""
    numbers = key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _encode(numbers.x.to_bytes(32, "big")), "y": _encode(numbers.y.to_bytes(32, "big"))}


def thumbprint(jwk: dict) -> str:
    """The key's name (RFC 7638)."""
    words = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    digest = hashes.Hash(hashes.SHA256())
    digest.update(words.encode())
    return _encode(digest.finalize())


def _public(jwk: dict) -> ec.EllipticCurvePublicKey:
    if (jwk["kty"], jwk["crv"]) != ("EC", "P-256"):
        raise Unreadable("another curve")
    x, y = (int.from_bytes(_exactly(32, _decode(jwk[name])), "big") for name in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _counted(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


def _exactly(length: int, value: bytes) -> bytes:
    if len(value) != length:
        raise Unreadable("wrong length")
    return value


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
