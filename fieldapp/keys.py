"""The secrets of a site, kept beside the database and never in it."""

import os
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Keys:
    """One master secret, from which a key is derived for each purpose (HKDF,
    RFC 5869), and the P-256 key pair to which phones seal contacts."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.master = _read_or_create(folder / "master.key", lambda: os.urandom(32))

    @lru_cache  # noqa: B019 one Keys lives as long as its process
    def derive(self, purpose: str) -> bytes:
        """32 bytes that depend on the master secret and the purpose alone."""
        kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
        return kdf.derive(self.master)

    @cached_property
    def seal(self) -> ec.EllipticCurvePrivateKey:
        pem = _read_or_create(self.folder / "seal.pem", _new_seal)
        key = serialization.load_pem_private_key(pem, password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key


def _new_seal() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _read_or_create(path: Path, make) -> bytes:
    """Two processes that start at once agree: the first link wins."""
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
