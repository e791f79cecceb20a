"""The secrets of a site, kept beside the database and never in it."""

import os
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIZE = 32


class KeyTrouble(Exception):
    """A key is missing, unreadable or another site's: says which, and what helps."""


class Keys:
    """One master secret, from which a key is derived for each purpose (HKDF,
    RFC 5869), and the P-256 key pair to which phones seal contacts.

    ``fresh``: the site holds nothing yet. Later, nobody makes another master
    secret in the place of one that is missing. Raises KeyTrouble.
    """

    def __init__(self, folder: Path, fresh: bool = True):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "master.key"
        if not fresh and not path.exists():
            raise KeyTrouble(f"{path} is missing, and this site holds data. Put the key back from its copy.")
        try:
            self.master = _read_or_create(path, lambda: os.urandom(SIZE))
        except OSError as error:
            raise KeyTrouble(f"{path} cannot be read: {error.strerror}.") from error
        if len(self.master) != SIZE:
            raise KeyTrouble(f"{path} is damaged: it has {len(self.master)} bytes instead of {SIZE}. Put the key back from its copy.")

    @lru_cache  # noqa: B019 one Keys lives as long as its process
    def derive(self, purpose: str) -> bytes:
        """32 bytes that depend on the master secret and the purpose alone."""
        kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
        return kdf.derive(self.master)

    @cached_property
    def seal(self) -> ec.EllipticCurvePrivateKey:
        path = self.folder / "seal.pem"
        try:
            key = serialization.load_pem_private_key(_read_or_create(path, _new_seal), password=None)
        except (OSError, ValueError, TypeError) as error:
            raise KeyTrouble(f"{path} cannot be read. Put the key back from its copy.") from error
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key

    def symptoms(self) -> Iterator[tuple[bool, str]]:
        """For the doctor."""
        if (self.folder / "seal.pem").exists():
            try:
                yield bool(self.seal), "seal.pem: a key to which phones can seal"
            except KeyTrouble as trouble:
                yield False, str(trouble)


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
