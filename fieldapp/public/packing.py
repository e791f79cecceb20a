"""A resident's page, packed for the wire.

Its head, with the whole style, is the same for all: it is packed once, and each
page's own part after it, with the head as its dictionary (RFC 1951, RFC 1952).
"""

import zlib
from functools import lru_cache

LEVEL = 6
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
RAW = -15


def packed(page: bytes, end: bytes = b"</style>") -> bytes:
    """The page as gzip."""
    cut = page.find(end) + len(end)
    head, check = _head(page[:cut])
    rest = page[cut:]
    body = zlib.compressobj(LEVEL, zlib.DEFLATED, RAW, zdict=page[:cut]) if cut else zlib.compressobj(LEVEL, zlib.DEFLATED, RAW)
    parts = HEADER, head, body.compress(rest), body.flush()
    return b"".join(parts) + zlib.crc32(rest, check).to_bytes(4, "little") + (len(page) & 0xFFFFFFFF).to_bytes(4, "little")


@lru_cache(maxsize=32)
def _head(head: bytes) -> tuple[bytes, int]:
    """Its packed bytes, up to a whole byte, and their checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW)
    return packer.compress(head) + packer.flush(zlib.Z_SYNC_FLUSH), zlib.crc32(head)
